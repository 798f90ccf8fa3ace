import { notFound, ok, type Handlers } from '../http/call.js';
import { paged } from '../http/paging.js';
import { timestamp } from '../duration.js';
import { publicUser, shownTeam, simpleUser } from '../shapes/user.js';
import { atLeast, type Role } from '../state/user.js';
import { viewerOf } from './runs.js';

export const people: Handlers = {
  'users/get-authenticated': (call) => ok(publicUser(viewerOf(call), call.world.addresses)),
  'users/get-by-username': ({ world, params }) => {
    const user = world.users.get((params['username'] ?? '').toLowerCase());
    if (user === undefined) throw notFound();
    return ok(publicUser(user, world.addresses));
  },
  'orgs/list-members': (call) => {
    const { world, params } = call;
    const members = new Set(
      world.teams.filter(({ organization }) => organization.login === params['org']).flatMap(({ members }) => members),
    );
    return paged(call, [...members], (user) => simpleUser(user, world.addresses));
  },
  'teams/list': (call) => {
    const { world, params } = call;
    const teams = world.teams.filter(({ organization }) => organization.login === params['org']);
    return paged(call, teams, (team) => shownTeam(team, world.addresses));
  },
  'teams/get-by-name': ({ world, params }) => {
    const team = world.teams.find(
      ({ organization, slug }) => organization.login === params['org'] && slug === params['team_slug'],
    );
    if (team === undefined) throw notFound();
    const { organization } = team;
    const { api, web } = world.addresses;
    const url = `${api}/orgs/${organization.login}`;
    return ok({
      ...shownTeam(team, world.addresses),
      members_count: team.members.length,
      repos_count: 1,
      created_at: timestamp(organization.createdAt),
      updated_at: timestamp(organization.createdAt),
      organization: {
        login: organization.login,
        id: organization.id,
        node_id: simpleUser(organization, world.addresses)['node_id'],
        url,
        repos_url: `${url}/repos`,
        events_url: `${url}/events`,
        hooks_url: `${url}/hooks`,
        issues_url: `${url}/issues`,
        members_url: `${url}/members{/member}`,
        public_members_url: `${url}/public_members{/member}`,
        avatar_url: simpleUser(organization, world.addresses)['avatar_url'],
        description: null,
        is_verified: false,
        has_organization_projects: true,
        has_repository_projects: true,
        public_repos: 3,
        public_gists: 0,
        followers: 0,
        following: 0,
        html_url: `${web}/${organization.login}`,
        created_at: timestamp(organization.createdAt),
        updated_at: timestamp(organization.createdAt),
        archived_at: null,
        type: 'Organization',
      },
    });
  },
  'repos/list-collaborators': (call) => {
    const { repository, world } = call;
    const logins = [...repository.collaborators.keys()];
    return paged(call, logins, (login) => {
      const user = world.user(login);
      const role = repository.role(user);
      return { ...simpleUser(user, world.addresses), permissions: permissions(role), role_name: role };
    });
  },
  'repos/get-collaborator-permission-level': ({ repository, world, params }) => {
    const user = world.users.get((params['username'] ?? '').toLowerCase());
    if (user === undefined) throw notFound();
    const role = repository.role(user);
    const old = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
    return ok({
      permission: old,
      role_name: role,
      user: { ...simpleUser(user, world.addresses), permissions: permissions(role), role_name: role },
    });
  },
};

function permissions(role: Role) {
  return {
    admin: atLeast(role, 'admin'),
    maintain: atLeast(role, 'maintain'),
    push: atLeast(role, 'write'),
    triage: atLeast(role, 'triage'),
    pull: atLeast(role, 'read'),
  };
}
