import type { LadderItem, LadderScene } from '../contract/ladder.ts';

/** The scene for drawings that write their own words: without what the user does not want on arrows. */
export function asWritten(scene: LadderScene): LadderScene {
  const { cseq, sdp } = scene.writes;
  if (cseq && sdp) return scene;
  const items = scene.items.map((item): LadderItem =>
    item.kind === 'arrow'
      ? {
          ...item,
          cseq: cseq ? item.cseq : null,
          details: sdp ? item.details : item.details.filter((detail) => detail !== item.sdp),
        }
      : item,
  );
  return { ...scene, items };
}
