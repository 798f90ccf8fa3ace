/** Waits until `check` is true; rejects with `what` when it does not become so. A check that throws may become true, too. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let cause: unknown;
  for (;;) {
    try {
      if (await check()) return;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) throw new Error(`After ${seconds} seconds still not so: ${what}.`, { cause });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
