import { LanguageModelTextPart, LanguageModelToolResult } from 'vscode';

/** What a tool answers, as text. */
export const textResult = (text: string): LanguageModelToolResult =>
  new LanguageModelToolResult([new LanguageModelTextPart(text)]);
