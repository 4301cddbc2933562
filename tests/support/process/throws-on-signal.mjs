// Loaded before a process under test: on a signal something goes wrong in it that nobody catches.
process.on('SIGUSR2', () => {
  setTimeout(() => {
    throw new TypeError('a secret of Sanne');
  });
});
process.on('SIGHUP', () => {
  Promise.reject(Object.assign(new Error('a secret of Sanne'), { code: 'ERR_SECRET' }));
});
