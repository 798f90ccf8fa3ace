#!/usr/bin/env bash
# Appends the benchmarks of rust-ci-report.json to history.jsonl, one line each, on a branch that holds nothing else.
#
# usage: history.sh BRANCH
# in     GH_TOKEN  a token that may write contents
set -euo pipefail

branch=$1
jq -c '. as $report | .benchmarks[] | {
  benchmark, package, commit: $report.commit, run: $report.run.id, attempt: $report.run.attempt,
  branch: ($report.ref | ltrimstr("refs/heads/")), runner: $report.machine.runner,
  toolchain: $report.machine.toolchain, at: $report.created, unit, throughput, iters, times, estimates
}' rust-ci-report.json >"$RUNNER_TEMP/lines"
gh auth setup-git
git config user.name 'github-actions[bot]'
git config user.email '41898282+github-actions[bot]@users.noreply.github.com'

for attempt in 1 2 3 4 5; do
  work=$(mktemp -d)
  if git fetch --depth 1 origin "refs/heads/$branch"; then
    git worktree add --quiet --detach "$work" FETCH_HEAD
  elif [[ $(git ls-remote origin "refs/heads/$branch") ]]; then
    exit 1
  else
    git worktree add --quiet --detach --no-checkout "$work" HEAD
    git -C "$work" checkout --quiet --orphan "$branch-new"
    git -C "$work" read-tree --empty
  fi
  cat "$RUNNER_TEMP/lines" >>"$work/history.jsonl"
  git -C "$work" add history.jsonl
  git -C "$work" commit --quiet --message "Benchmarks of ${GITHUB_SHA:0:10}"
  commit=$(git -C "$work" rev-parse HEAD)
  git worktree remove --force "$work"
  # Another run may have been faster: then begin again from what it left.
  if git push --quiet origin "$commit:refs/heads/$branch"; then exit 0; fi
  echo "Push $attempt was refused; trying again."
  git branch --quiet --delete --force "$branch-new" 2>/dev/null || true
done
echo "::error title=History::The lines could not be pushed to $branch; see the log."
exit 1
