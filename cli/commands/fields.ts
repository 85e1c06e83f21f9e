import type { Command } from 'commander';

export function fields(program: Command): void {
  program
    .command('fields')
    .description('the fields that filters know, with their other names')
    .action(async () => {
      const { fieldTable } = await import('../../core/host/filter/field-table.ts');
      process.stdout.write(`${fieldTable()}\n`);
    });
}
