import assert from 'node:assert/strict';
import { githubHost, parseRemoteUrl, sshAliases, type Hosts } from '../../../src/github/remote-url.js';

const aliases = new Map([['work', 'github.com']]);
const hosts: Hosts = { enterprise: undefined, alias: (host) => aliases.get(host) };

describe('the URL of a remote', () => {
  const rust = { owner: 'rust-lang', name: 'cargo' };
  for (const [url, host] of [
    ['https://github.com/rust-lang/cargo.git', 'github.com'],
    ['https://github.com/rust-lang/cargo', 'github.com'],
    ['https://user:secret@github.com/rust-lang/cargo.git/', 'github.com'],
    ['https://www.github.com/rust-lang/cargo', 'github.com'],
    ['http://127.0.0.1:8080/rust-lang/cargo.git', '127.0.0.1:8080'],
    ['https://git.example.com:443/rust-lang/cargo', 'git.example.com'],
    ['git@github.com:rust-lang/cargo.git', 'github.com'],
    ['git@GitHub.com:/rust-lang/cargo', 'github.com'],
    ['work:rust-lang/cargo.git', 'work'],
    ['ssh://git@github.com/rust-lang/cargo.git', 'github.com'],
    ['ssh://git@ssh.github.com:443/rust-lang/cargo.git', 'github.com'],
    ['ssh://git@git.example.com:2222/rust-lang/cargo.git', 'git.example.com'],
    ['git://github.com/rust-lang/cargo', 'github.com'],
    ['org-1@octo.ghe.com:rust-lang/cargo.git', 'octo.ghe.com'],
  ] as const) {
    it(`names a repository: ${url}`, () => {
      const remote = parseRemoteUrl(url);
      assert.ok(remote);
      assert.deepEqual({ ...remote, ssh: undefined }, { host, ssh: undefined, ...rust });
    });
  }

  for (const url of [
    '',
    '/srv/git/cargo.git',
    '../cargo',
    'C:\\git\\cargo',
    'C:/git/cargo',
    'file:///srv/git/rust-lang/cargo.git',
    'https://github.com/rust-lang',
    'https://gitlab.com/group/sub/cargo',
  ]) {
    it(`names none: ${url}`, () => {
      assert.equal(parseRemoteUrl(url), undefined);
    });
  }
});

describe('the GitHub host of a remote', () => {
  const hostOf = (url: string, more: Partial<Hosts> = {}) => {
    const remote = parseRemoteUrl(url);
    assert.ok(remote);
    return githubHost(remote, { ...hosts, ...more });
  };

  it('is github.com, or one of ghe.com', () => {
    assert.equal(hostOf('https://github.com/o/r'), 'github.com');
    assert.equal(hostOf('git@octo.ghe.com:o/r.git'), 'octo.ghe.com');
  });

  it('is the Enterprise Server of the settings, with its port on the web', () => {
    const enterprise = 'git.example.com:8443';
    assert.equal(hostOf('https://git.example.com:8443/o/r', { enterprise }), enterprise);
    assert.equal(hostOf('git@git.example.com:o/r', { enterprise }), enterprise);
    assert.equal(hostOf('https://git.example.com/o/r', { enterprise }), undefined);
  });

  it('is behind an alias of ssh, by the configuration or by its usual form', () => {
    assert.equal(hostOf('git@work:o/r'), 'github.com');
    assert.equal(hostOf('git@github.com-private:o/r'), 'github.com');
    assert.equal(hostOf('git@github-work:o/r'), 'github.com');
    assert.equal(hostOf('https://github.com-private/o/r'), undefined);
  });

  it('is none for hosts that only look alike', () => {
    assert.equal(hostOf('https://github.com.evil.example/o/r'), undefined);
    assert.equal(hostOf('https://notgithub.com/o/r'), undefined);
    assert.equal(hostOf('git@gitlab.com:o/r'), undefined);
    assert.equal(hostOf('https://a.b.ghe.com/o/r'), undefined);
    assert.equal(hostOf('git@github.evil.example:o/r'), undefined);
    assert.equal(hostOf('git@github-mirror:o/r', { alias: () => 'git.example.com' }), undefined);
  });
});

describe('aliases of ssh', () => {
  it('are plain hosts with another name', () => {
    const config = [
      'Host work home',
      '  HostName github.com',
      'Host *.corp',
      '  HostName other.example.com',
      'host "quoted"',
      '\tHostname=ssh.github.com',
      'Match host work',
      '  HostName elsewhere.example.com',
      '# Host commented',
    ].join('\n');
    assert.deepEqual(Object.fromEntries(sshAliases(config)), {
      work: 'github.com',
      home: 'github.com',
      quoted: 'ssh.github.com',
    });
  });
});
