import { describeContract } from './contract';
import { memoryStore } from './memory';
import { describeMirror } from './mirror-contract';

describeContract('the memory store', async () => {
  const open = memoryStore();
  return { open: async () => open(), remove: async () => undefined };
});

describeMirror('the memory store', async () => ({ mirror: memoryStore()(), remove: async () => undefined }));
