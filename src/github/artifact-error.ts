/** Why an artifact is not taken: it has expired, or it is not what it should be. The message says it in plain words. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  readonly reason: 'expired' | 'too-large' | 'damaged' | 'refused';

  constructor(reason: ArtifactError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
