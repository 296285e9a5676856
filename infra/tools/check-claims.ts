import { claimComplaints } from './claim-complaints.ts';

const complaints = claimComplaints();
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
