import absence from './pieces/absence.json' with { type: 'json' };
import adjustments from './pieces/adjustments.json' with { type: 'json' };
import aids from './pieces/aids.json' with { type: 'json' };
import approach from './pieces/approach.json' with { type: 'json' };
import costs from './pieces/costs.json' with { type: 'json' };
import dilemmas from './pieces/dilemmas.json' with { type: 'json' };
import employee from './pieces/employee.json' with { type: 'json' };
import handles from './pieces/handles.json' with { type: 'json' };
import loneliness from './pieces/loneliness.json' with { type: 'json' };
import measures from './pieces/measures.json' with { type: 'json' };
import models from './pieces/models.json' with { type: 'json' };
import organisation from './pieces/organisation.json' with { type: 'json' };
import reading from './pieces/reading.json' with { type: 'json' };
import rights from './pieces/rights.json' with { type: 'json' };
import selfCare from './pieces/self-care.json' with { type: 'json' };
import signals from './pieces/signals.json' with { type: 'json' };
import talk from './pieces/talk.json' with { type: 'json' };
import team from './pieces/team.json' with { type: 'json' };

/** The words of every piece of knowledge in Dutch, by shelf. */
export const shelves = {
  talk,
  aids,
  signals,
  handles,
  dilemmas,
  adjustments,
  absence,
  rights,
  organisation,
  loneliness,
  costs,
  models,
  'self-care': selfCare,
  team,
  measures,
  approach,
  employee,
  reading,
};
