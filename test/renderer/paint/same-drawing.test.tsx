// @vitest-environment happy-dom
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { svg } from '../../../core/export/svg.ts';
import { buildLadder } from '../../../core/ladder/ladder.ts';
import { documentShapes } from '../../../core/ladder/shapes.ts';
import { dark, light } from '../../../core/ladder/theme.ts';
import { Drawing } from '../../../renderer/paint/Drawing.tsx';
import { Shapes } from '../../../renderer/paint/Shapes.tsx';
import { hostile, inputs } from '../../ladder/inputs.ts';

const scenes = [
  ...Object.entries(inputs).map(([name, make]) => [name, buildLadder(make())] as const),
  ['hostile texts', buildLadder(hostile())] as const,
  ['to scale', buildLadder(inputs.proxied(), { scale: 'time' })] as const,
  ['nothing', buildLadder({ messages: [], calls: [] })] as const,
];

/** What is drawn, as lines: name, attributes in order of their names, text; titles and groups are no drawing. */
function drawn(markup: string): string[] {
  const { documentElement } = new DOMParser().parseFromString(markup, 'image/svg+xml');
  return [...documentElement.querySelectorAll('rect, path, text, tspan')].map((element) => {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).toSorted();
    return [element.localName, ...attributes, element.textContent].join(' ');
  });
}

test.each(scenes.flatMap(([name, scene]) => [light, dark].map((theme) => [name, theme, scene] as const)))(
  'the page draws “%s” as the exported SVG does, in $name',
  (_name, theme, scene) => {
    const shapes = documentShapes(scene).flatMap((group) => group.shapes);
    const page = renderToStaticMarkup(
      <Drawing theme={theme} width={scene.width} from={0} to={scene.height}>
        <Shapes shapes={shapes} theme={theme} />
      </Drawing>,
    );
    const exported = svg(scene, { theme: theme.name });
    expect(drawn(page)).toEqual(drawn(exported));
    const spans = shapes.reduce((sum, shape) => sum + (shape.kind === 'text' ? shape.spans.length - 1 : 0), 0);
    expect(drawn(page)).toHaveLength(shapes.length + spans);
    for (const name of ['width', 'height', 'viewBox', 'font-family', 'font-size', 'fill']) {
      const of = (markup: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(markup)?.[1];
      expect(of(page)?.replaceAll('&#x27;', "'"), name).toBe(of(exported));
    }
  },
);
