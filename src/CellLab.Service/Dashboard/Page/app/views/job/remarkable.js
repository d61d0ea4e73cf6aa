// Events that belong on a time axis, with their test time.
import { get } from '../../api.js';

const KINDS = 'gap,resumed,continued,seam,limit,alarm,paused,recovered,note,stopped,error';
const MOST = 200;

export async function remarkable(context) {
  const begin = Date.parse(context.detail.segments?.[0]?.started_utc ?? context.detail.started_utc ?? '');
  if (Number.isNaN(begin)) return [];
  const { events } = await get(`jobs/${context.id}/events?kind=${KINDS}&max=1000`);
  return events.slice(-MOST).map((event) => ({ seconds: (Date.parse(event.at_utc) - begin) / 1000, kind: event.kind, text: `${event.kind}: ${event.text}` }));
}
