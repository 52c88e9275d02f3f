import type { PerformTools } from '../../delivery/perform.ts';
import { isListed } from '../../digest/choose.ts';
import { parseNoticeKey } from '../../digest/notices/notice-key.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { renderAlone } from './render-digest.ts';
import { renderNotice } from './render-notice.ts';

/** Each paper of a step that Discord refused, or each of its news, as a step of its own. */
export function createStepRenderer(archive: Pick<PaperArchive, 'paper'>): PerformTools['renderAlone'] {
  return ({ delivery, destination }, step, numbers) =>
    step.papers.map((id, index) => {
      const n = numbers[index] ?? step.n;
      const news = parseNoticeKey(id);
      if (news !== undefined) {
        const { paperId, event } = news;
        const paper = archive.paper(paperId);
        return renderNotice({ deliveryId: delivery.id, n, paperId, paper, events: [event] });
      }
      const paper = archive.paper(id);
      return renderAlone({
        deliveryId: delivery.id,
        n,
        kind: step.kind,
        style: destination?.style ?? 'cards',
        paper: paper !== undefined && isListed(paper) ? { paper, topics: [] } : id,
      });
    });
}
