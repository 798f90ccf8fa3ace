import type { StandIn } from '../actions/stand-in.js';
import type { Event } from './event.js';
import type { MachineSetUp } from './machine.js';
import type { ActionCall } from './result.js';
import type { Workflow } from './schema.js';

/** A repository on this disk that stands for one on GitHub. */
export interface Repository {
  /** A git repository with the commit that the event is about. */
  folder: string;
  /** `owner/name`. */
  name: string;
  defaultBranch: string;
  private: boolean;
}

/** What a run needs beside its workflow; everything that GitHub would know. */
export interface RunOptions {
  repository: Repository;
  event: Event;
  secrets?: Record<string, string>;
  vars?: Record<string, string>;
  machine?: Partial<MachineSetUp>;
  /** In the place of the usual stand-ins, by `owner/name` of the action. */
  standIns?: Record<string, StandIn>;
}

/** One run of one workflow while it goes on. */
export interface Run {
  workflow: Workflow;
  /** Everything of the run lies in here. */
  folder: string;
  repository: Repository;
  event: Event;
  sha: string;
  inputs: Record<string, unknown>;
  secrets: Record<string, string>;
  vars: Record<string, string>;
  machine: MachineSetUp;
  standIns: Record<string, StandIn>;
  calls: ActionCall[];
  /** Artifact name to the folder with its contents. */
  artifacts: Map<string, string>;
}
