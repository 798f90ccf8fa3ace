import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { loadOperate } from '../operate/load-operate.js';

/** Looks at everything that must be in order for the pipeline to work, on request with a live proof. */
export const verify: Feature = (_context, { github }) => {
  let busy = false;
  return registerCommands({
    'rustCi.verifyPipeline': async () => {
      if (busy) return;
      busy = true;
      try {
        const { verifyPipeline } = await loadOperate();
        await verifyPipeline(github);
      } finally {
        busy = false;
      }
    },
  });
};
