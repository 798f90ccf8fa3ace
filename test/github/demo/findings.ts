/** Functions of it that no test reaches. */
export const untested = { 'src/phrases.rs': [/^pub fn repeated/] } as const;

const red = '\x1b[1m\x1b[91m';
const blue = '\x1b[1m\x1b[94m';
const bold = '\x1b[1m';
const off = '\x1b[0m';

/** What clippy prints about it. */
export const findings = [
  {
    line: 9,
    column: 23,
    endColumn: 39,
    code: 'clippy::len_zero',
    message: 'length comparison to zero',
    rendered: `${red}error${off}${bold}: length comparison to zero${off}
 ${blue}--> ${off}src/phrases.rs:9:23
  ${blue}|${off}
${blue}9${off} ${blue}|${off}     if length == 0 || words.len() == 0 {
  ${blue}|${off}                       ${red}^^^^^^^^^^^^^^^^${off} ${red}help: using \`is_empty\` is clearer and more explicit: \`words.is_empty()\`${off}
  ${blue}|${off}
  ${blue}= ${off}${bold}help${off}: for further information visit https://rust-lang.github.io/rust-clippy/rust-1.99.0/index.html#len_zero
  ${blue}= ${off}${bold}note${off}: \`-D clippy::len-zero\` implied by \`-D warnings\`
  ${blue}= ${off}${bold}help${off}: to override \`-D warnings\` add \`#[allow(clippy::len_zero)]\`
`,
  },
  {
    line: 51,
    column: 5,
    endColumn: 17,
    code: 'clippy::needless_return',
    message: 'unneeded `return` statement',
    rendered: `${red}error${off}${bold}: unneeded \`return\` statement${off}
  ${blue}--> ${off}src/phrases.rs:51:5
   ${blue}|${off}
${blue}51${off} ${blue}|${off}     return found;
   ${blue}|${off}     ${red}^^^^^^^^^^^^${off}
   ${blue}|${off}
   ${blue}= ${off}${bold}help${off}: for further information visit https://rust-lang.github.io/rust-clippy/rust-1.99.0/index.html#needless_return
   ${blue}= ${off}${bold}note${off}: \`-D clippy::needless-return\` implied by \`-D warnings\`
   ${blue}= ${off}${bold}help${off}: to override \`-D warnings\` add \`#[allow(clippy::needless_return)]\`
`,
  },
] as const;
