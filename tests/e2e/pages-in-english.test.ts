import { describePagesIn } from '../support/browser/page-checks.ts';

describePagesIn('en');
