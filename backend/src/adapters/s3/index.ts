export { s3 } from './client.ts';
export { s3LearnedStore } from './learned-store.ts';
