import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

/** The globals of an extension host that reach out of it. */
const reachingGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket'];

/** VS Code's own ways to disk, network, accounts and processes. */
const reachingApi = /\.fs\.|\.(findFiles|openTextDocument|getSession|openExternal|executeCommand|executeTask)$/;

for (const bundle of ['dist/extension.js', 'dist/web/extension.js']) {
  describe(`activation of ${bundle}`, () => {
    it('is synchronous and touches neither disk nor network', async () => {
      const calls: string[] = [];
      const { activate } = load(bundle, calls);
      calls.length = 0;
      const context = double('context', calls, { subscriptions: [] });
      assert.equal(activate(context), undefined, 'activate returns nothing, not even a promise');
      assert.ok(
        calls.some((call) => call.startsWith('vscode.commands.registerCommand')),
        'it has registered something',
      );
      // What it may have put off to the next tick counts as well.
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.deepEqual(
        calls.filter((call) => !/^(new )?vscode\./.test(call) || reachingApi.test(call)),
        [],
      );
    });
  });
}

interface Extension {
  readonly activate: (context: unknown) => unknown;
}

/** Loads a bundle with stand-ins for VS Code and Node that only record what is called. */
function load(bundle: string, calls: string[]): Extension {
  const require = (name: string): unknown => {
    if (name === 'vscode') return double('vscode', calls);
    const plain = name.replace(/^node:/, '');
    assert.ok(builtinModules.includes(plain), `${bundle} asks for ${name}, which is not in the VSIX`);
    const real = createRequire(import.meta.url)(name) as object;
    return watchedModule(plain, real, calls);
  };
  const module: { exports: Partial<Extension> } = { exports: {} };
  const code = readFileSync(bundle, 'utf8');
  const names = ['module', 'exports', 'require', ...reachingGlobals];
  const body = compileFunction(code, names, { filename: bundle }) as (...values: unknown[]) => void;
  const globals = reachingGlobals.map((name) => double(name, calls));
  body(module, module.exports, require, ...globals);
  const { activate } = module.exports;
  assert.ok(activate);
  return { activate };
}

const touching = new Set(['fs', 'fs/promises', 'net', 'http', 'https', 'http2', 'dns', 'dns/promises', 'tls', 'dgram']);

/** A Node module: real where it only computes, a recorder where it touches the machine. */
function watchedModule(name: string, real: object, calls: string[]): unknown {
  return touching.has(name) || name === 'child_process' ? double(name, calls) : real;
}

/** Something that can be read, called and constructed at will; calls are recorded by their path. */
function double(path: string, calls: string[], known: Readonly<Record<string, unknown>> = {}): unknown {
  const members = new Map<string | symbol, unknown>(Object.entries(known));
  // A function expression, because arrow functions cannot be constructed.
  const target = function () {
    return undefined;
  };
  return new Proxy(target, {
    get(_target, key) {
      if (key === Symbol.toPrimitive) return () => '';
      // Not a promise, or an await would never end.
      if (key === 'then') return undefined;
      if (key === 'prototype') return target.prototype as unknown;
      // Nobody has opened a view yet.
      if (key === 'visible') return false;
      if (!members.has(key)) members.set(key, double(`${path}.${String(key)}`, calls));
      return members.get(key);
    },
    set(_target, key, value) {
      members.set(key, value);
      return true;
    },
    apply() {
      calls.push(path);
      return double(`${path}()`, calls);
    },
    construct(_target, _arguments, constructed) {
      calls.push(`new ${path}`);
      const isItself = constructed.prototype === target.prototype;
      // A class of the extension that extends one of VS Code's keeps its own methods.
      return isItself
        ? (double(`new ${path}`, calls) as object)
        : (Reflect.construct(target, [], constructed) as object);
    },
  });
}
