import { Download } from 'lucide-react';
import { useEffect, useState, type JSX } from 'react';
import style from './DropArea.module.css';
import { openDropped } from './opening.ts';

/** Files can be dropped anywhere; while some are held over the window, it says what would happen. */
export function DropArea(): JSX.Element | null {
  const [files, setFiles] = useState(0);
  useEffect(() => {
    // Entering a child comes before leaving its parent: the page is left when the counts meet.
    let depth = 0;
    const entered = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setFiles(Math.max(1, event.dataTransfer?.items.length ?? 1));
    };
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const left = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setFiles(0);
    };
    const dropped = (event: DragEvent): void => {
      // Whatever it is, the page does not go there.
      event.preventDefault();
      depth = 0;
      setFiles(0);
      const list = [...(event.dataTransfer?.files ?? [])];
      if (list.length > 0) openDropped(list);
    };
    globalThis.addEventListener('dragenter', entered);
    globalThis.addEventListener('dragover', over);
    globalThis.addEventListener('dragleave', left);
    globalThis.addEventListener('drop', dropped);
    return () => {
      globalThis.removeEventListener('dragenter', entered);
      globalThis.removeEventListener('dragover', over);
      globalThis.removeEventListener('dragleave', left);
      globalThis.removeEventListener('drop', dropped);
    };
  }, []);
  if (files === 0) return null;
  return (
    <div className={style.overlay}>
      <div className={style.frame}>
        <Download size={32} aria-hidden />
        <p className={style.words}>{files > 1 ? `Drop to merge ${files} captures by time` : 'Drop to open'}</p>
      </div>
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
