import { read } from './api.js';
import { decisions } from './decisions.js';
import { fill, h } from './dom.js';
import { many, one } from './i18n.js';
import { baseOf } from './tasks.js';

/** What was decided before in the round or training of a task, once it is read; where a task has neither, nothing. */
export function earlier(task) {
  const base = baseOf(task);
  const place = h('div', { class: base && 'earlier' });
  const look = async (signal) => {
    const { decisions: all = [] } = await read(base, signal);
    fill(place, all.length > 0 && told(all));
  };
  // the form does not depend on it
  return { place, look: base ? look : () => Promise.resolve() };
}

function told(all) {
  const latest = all.at(-1);
  const summary = [many('task.earlier', all.length), ': ', h('span', { lang: 'en' }, spelled(latest.activity)), ' – ', one('decision', latest.decision)];
  return h('details', {}, h('summary', {}, summary), decisions(all, new Map(all.map(({ activity }) => [activity, spelled(activity)]))));
}

/** The name of an element as people read it: userTask_confirmInputs is Confirm inputs. */
function spelled(activity) {
  const words = activity.replace(/^[^_]*_/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
