import { describeContract } from './contract';
import { memoryStore } from './memory';

describeContract('the memory store', async () => {
  const open = memoryStore();
  return { open: async () => open(), remove: async () => undefined };
});
