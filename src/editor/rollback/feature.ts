import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { loadOperate } from '../operate/load-operate.js';
import { followed } from './followed.js';
import { Memory } from './memory.js';

/** Makes an earlier image live again, from wherever one sees that the one that is live is bad. */
export const rollback: Feature = (context, { github }) => {
  const memory = new Memory(context.workspaceState);
  // A second click must not open a second dialogue, nor send a second request.
  let busy = false;
  const shown = new Set<string>();
  return registerCommands({
    'rustCi.rollback': async (argument?: unknown) => {
      if (busy) return;
      busy = true;
      try {
        const { rollBack } = await loadOperate();
        await rollBack({ github, memory, followed, shown }, argument);
      } finally {
        busy = false;
      }
    },
  });
};
