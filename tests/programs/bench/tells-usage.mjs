// Loaded into a process that is measured: whenever it is asked, it says how much of the processor it has used.
process.on('message', () => process.send(process.cpuUsage()));
