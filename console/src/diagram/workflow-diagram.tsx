import { useMemo, type ReactElement } from 'react';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { useI18n, type I18n } from '../i18n/i18n.js';
import { languages } from '../i18n/languages.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { diagramOf, type Box, type DiagramFrame, type DiagramNode } from '../model/diagram.js';
import type { TaskPosition } from '../model/run-position.js';
import '../styles/diagram.css';
import { Said } from '../ui/said.js';
import { Edge } from './edge.js';
import { Mark, type MarkName } from './mark.js';

export interface DiagramProps {
  readonly document: WorkflowDocument;
  readonly texts: UseCaseTexts;
  /** How far a run has come; absent: the workflow as such. */
  readonly positions?: ReadonlyMap<string, TaskPosition>;
  readonly chosen?: string | undefined;
  readonly onChoose?: (pointer: string) => void;
}

/** A workflow as a picture, drawn from its definition; with positions, as far as a run has come. */
export function WorkflowDiagram(props: DiagramProps): ReactElement {
  const { t, language } = useI18n();
  const { document, texts } = props;
  const diagram = useMemo(() => diagramOf(document), [document]);
  const mirrored = languages[language].direction === 'rtl';
  const place = (box: Box): { x: number; y: number; width: number; height: number } => ({
    x: mirrored ? diagram.width - box.x - box.width : box.x,
    y: box.y,
    width: box.width,
    height: box.height,
  });
  return (
    <div
      className="diagram-scroll"
      role="region"
      tabIndex={0}
      aria-label={t('diagram.label', {
        name: texts.workflow(document.document.name, document.document.title).text,
      })}
    >
      <svg
        className="diagram"
        width={diagram.width}
        height={diagram.height}
        viewBox={`0 0 ${diagram.width} ${diagram.height}`}
      >
        {diagram.frames.map((frame) => (
          <Frame key={`${frame.pointer} ${frame.kind}`} frame={frame} place={place(frame)} {...props} />
        ))}
        <g transform={mirrored ? `translate(${diagram.width} 0) scale(-1 1)` : undefined} aria-hidden="true">
          <Ends diagram={diagram} />
          {diagram.edges.map((edge, index) => (
            <Edge key={index} edge={edge} />
          ))}
        </g>
        {diagram.nodes.map((node) => (
          <foreignObject key={node.pointer} {...place(node)} className="diagram-node-place">
            <Node node={node} {...props} />
          </foreignObject>
        ))}
      </svg>
    </div>
  );
}

function Ends({ diagram }: { readonly diagram: ReturnType<typeof diagramOf> }): ReactElement {
  const [first] = diagram.edges.filter(({ points }) => points[0]?.[1] === 14);
  const x = first?.points[0]?.[0] ?? 0;
  return (
    <>
      <circle className="diagram-start" cx={x} cy={9} r={7} />
      <circle className="diagram-end" cx={x} cy={diagram.height - 12} r={7} />
    </>
  );
}

function Frame({
  frame,
  place,
  texts,
  positions,
}: DiagramProps & { readonly frame: DiagramFrame; readonly place: Box }): ReactElement {
  const i18n = useI18n();
  const position = positions?.get(frame.pointer);
  return (
    <g>
      <rect
        className={`diagram-frame diagram-frame-${frame.kind} ${frame.depth % 2 === 0 ? '' : 'diagram-frame-odd'}`}
        {...place}
        rx={12}
      />
      <foreignObject x={place.x} y={place.y} width={place.width} height={28}>
        <p className="diagram-title">
          <span className="diagram-kind">{frameKind(frame, i18n)}</span>
          {frame.kind === 'catch' || frame.kind === 'try' ? null : (
            <span>
              <Said said={texts.narration(frame.narration, frame.name)} />
            </span>
          )}
          {position === undefined || position.count < 2 ? null : (
            <span className="diagram-count">{`×${i18n.number(position.count)}`}</span>
          )}
        </p>
      </foreignObject>
    </g>
  );
}

function frameKind({ kind }: DiagramFrame, { t }: I18n): string {
  switch (kind) {
    case 'fork':
      return t('diagram.fork');
    case 'for':
      return t('diagram.for');
    case 'try':
      return t('diagram.try');
    case 'catch':
      return t('diagram.catch');
    case 'listen':
      return t('diagram.each');
    default:
      return t('diagram.group');
  }
}

function Node({
  node,
  texts,
  positions,
  chosen,
  onChoose,
}: DiagramProps & { readonly node: DiagramNode }): ReactElement {
  const { t, number } = useI18n();
  const position = node.pointers.map((pointer) => positions?.get(pointer)).find((one) => one !== undefined);
  const standing = position?.standing ?? (positions === undefined ? undefined : 'ahead');
  const block = texts.useCase?.manifest.services[node.calls ?? '']?.block;
  const inside = (
    <>
      <span className="diagram-name">
        {block === undefined ? null : (
          <span className={`block block-${block}`} title={t(`block.${block}`)}>
            <span className="block-dot" aria-hidden="true" />
            <span className="visually-hidden">{t(`block.${block}`)}: </span>
          </span>
        )}
        <KindMark node={node} />
        <span className="diagram-text">
          <Said said={texts.narration(node.narration, node.name)} />
        </span>
        {standing === undefined ? null : (
          <span className="visually-hidden">({t(`standing.${standing}`)})</span>
        )}
        {position === undefined || position.count < 2 ? null : (
          <span className="diagram-count">{`×${number(position.count)}`}</span>
        )}
      </span>
      {node.cases.map((name) => (
        <span key={name} className="diagram-case">
          <Said said={texts.name(name)} />
        </span>
      ))}
    </>
  );
  const look = `diagram-node diagram-${node.kind} ${standing === undefined ? '' : `standing-${standing}`}`;
  return onChoose === undefined ? (
    <div className={look}>{inside}</div>
  ) : (
    <button
      type="button"
      className={look}
      aria-pressed={chosen === node.pointer}
      data-pointer={node.pointer}
      onClick={() => onChoose(node.pointer)}
    >
      {inside}
    </button>
  );
}

function KindMark({ node }: { readonly node: DiagramNode }): ReactElement {
  const { t } = useI18n();
  const { kind } = node;
  const marks: readonly MarkName[] = [
    ...(node.calls === 'humanTask' ? (['human'] as const) : []),
    ...(kind === 'wait' || kind === 'listen' ? (['waits'] as const) : []),
    ...(kind === 'run' || kind === 'switch' ? [kind] : []),
    ...(node.retried ? (['retried'] as const) : []),
    ...(node.ends ? (['ends'] as const) : []),
  ];
  return (
    <>
      {marks.map((name) => (
        <span key={name} className="diagram-mark" title={t(`diagram.${name}`)}>
          <Mark name={name} />
          <span className="visually-hidden">{t(`diagram.${name}`)}: </span>
        </span>
      ))}
    </>
  );
}
