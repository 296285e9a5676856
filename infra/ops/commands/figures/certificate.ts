import { Command } from 'commander';
import { z } from 'zod';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { certificateText } from '../../../../shared/outcomes/release/certificate-text.ts';
import { certificateOf, publicCertificateOf } from '../../../../shared/outcomes/release/certificates.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const options = withJson.extend({
  public: z.boolean().default(false),
  release: z.coerce.number('--release must be a number').int().min(1).optional(),
});

const names = claimDefinitions.map(({ id }) => id).join(', ');

/** Makes the command that says where a figure comes from. */
export const certificateCommand = (run: Run): Command =>
  onSystem(
    new Command('certificate')
      .description(
        'Say where a claim comes from: its definition, who answered, other definitions, rules. With exact counts, so for inside the clinic only.',
      )
      .argument('<claim>', 'such as facet-improved')
      .option('--release <number>', 'as it was in that release; else in the latest')
      .option('--public', 'only what everybody may see: this one may be passed on')
      .option(...jsonOption),
    run,
    options,
    async ({ system, io, args: [claim = ''], options: { json, public: isPublic, release: number } }) => {
      const { releases } = partsOf(system);
      const release = await (number === undefined ? releases.latest() : releases.get(number));
      if (release === undefined) {
        throw opsProblem(
          number === undefined ? 'There is no release yet.' : `There is no release ${number}.`,
        );
      }
      const certificate = isPublic ? publicCertificateOf : certificateOf;
      const found = certificate(release, claim, claimDefinitions);
      if (found.outcome === 'no-such-claim') {
        throw opsProblem(`Release ${release.public.number} has no claim "${claim}". There are: ${names}.`);
      }
      if (found.outcome === 'definition-changed') {
        io.complain(
          `No definition here has the hash that ${claim} was published with: look for it in an earlier version of the code.`,
        );
        return false;
      }
      io.say(json ? asJson(found.certificate) : certificateText(found.certificate).trimEnd());
      return true;
    },
  );
