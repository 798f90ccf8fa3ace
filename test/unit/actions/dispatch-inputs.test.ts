import assert from 'node:assert/strict';
import { dispatchInputs } from '../../../src/core/actions/dispatch-inputs.js';

describe('the inputs of workflow_dispatch', () => {
  it('are read with their types, in their order', () => {
    const found = dispatchInputs(`
on:
  push:
  workflow_dispatch:
    inputs:
      level: { type: choice, options: [info, warn, 3], default: warn, description: How loud }
      dry: { type: boolean, default: true }
      where: { type: environment, required: true }
      times: { type: number, default: 3 }
      note:
`);
    assert.deepEqual(found, [
      {
        name: 'level',
        type: 'choice',
        description: 'How loud',
        required: false,
        default: 'warn',
        options: ['info', 'warn', '3'],
      },
      { name: 'dry', type: 'boolean', description: '', required: false, default: 'true', options: [] },
      { name: 'where', type: 'environment', description: '', required: true, default: '', options: [] },
      { name: 'times', type: 'number', description: '', required: false, default: '3', options: [] },
      { name: 'note', type: 'string', description: '', required: false, default: '', options: [] },
    ]);
  });

  it('have the defaults of GitHub: the first choice, and false', () => {
    const found = dispatchInputs(
      'on: {workflow_dispatch: {inputs: {a: {type: choice, options: [x, y]}, b: {type: boolean}}}}',
    );
    assert.deepEqual(
      found?.map(({ default: value }) => value),
      ['x', 'false'],
    );
  });

  for (const on of [
    'workflow_dispatch',
    '[push, workflow_dispatch]',
    '{ workflow_dispatch: }',
    '{ workflow_dispatch: {} }',
  ]) {
    it(`are none for on: ${on}`, () => {
      assert.deepEqual(dispatchInputs(`on: ${on}\njobs: {}\n`), []);
    });
  }

  for (const text of [
    'on: push',
    'on: [push]',
    'on: { push: }',
    '',
    '{',
    '- on: workflow_dispatch',
    'on: { workflow_call: { inputs: { a: } } }',
  ]) {
    it(`do not exist in ${JSON.stringify(text)}`, () => {
      assert.equal(dispatchInputs(text), null);
    });
  }

  it('survive what is wrong in one of them', () => {
    const found = dispatchInputs('on: {workflow_dispatch: {inputs: {a: {type: wrong, required: perhaps}, b: text}}}');
    assert.deepEqual(
      found?.map(({ name, type, required }) => [name, type, required]),
      [
        ['a', 'string', false],
        ['b', 'string', false],
      ],
    );
  });
});
