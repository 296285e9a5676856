import { Command } from 'commander';
import { z } from 'zod';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { certificateOf, publicCertificateOf } from '../../../../shared/outcomes/release/certificates.ts';
import { certificateText } from '../../certificate-text.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const options = withJson.extend({
  public: z.boolean().default(false),
  release: z.coerce.number('--release must be a number').int().min(1).optional(),
});

const names = claimDefinitions.map(({ id }) => id).join(', ');

export const certificateCommand = (run: Run): Command =>
  onSystem(
    new Command('certificate')
      .description(
        'Shows the evidence for a claim: its definition, who answered, the result by other definitions, and the rules. Contains exact counts, for use inside the clinic only, unless --public is set.',
      )
      .argument('<claim>', 'claim id, such as facet-improved')
      .option('--release <number>', 'the claim in that release instead of the latest')
      .option('--public', 'leave out what must not be passed on')
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
        throw opsProblem(`Release ${release.public.number} has no claim "${claim}". Known claims: ${names}.`);
      }
      if (found.outcome === 'definition-changed') {
        io.complain(
          `No definition in this version of the code has the hash that ${claim} was published with. Look for it in an earlier version.`,
        );
        return false;
      }
      io.say(json ? asJson(found.certificate) : certificateText(found.certificate).trimEnd());
      return true;
    },
  );
