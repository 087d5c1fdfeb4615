// The variables of a CloudWatch dashboard, as pure functions of its body and of what was chosen ("Dashboard Body Structure and Syntax";
// User Guide, "Create flexible dashboards with dashboard variables").

import { metricsOf } from './widgets.js';

/** CDK and the console write it for: whatever comes first. */
const FIRST = '__FIRST';

/**
 * @param found the values that a search gave, by the variable's id
 * @returns [{id, label, inputType, visible, values: [{value, label}], initial, search: {namespace, metric, dimensions, from} or null}]
 */
export function variablesOf(body, found = {}) {
  return (body.variables ?? []).map((variable) => {
    const values = [...(variable.values ?? []), ...(found[variable.id] ?? []).map((value) => ({ value }))].map(({ value, label }) => ({ value, label: label ?? value }));
    const given = variable.defaultValue === FIRST ? values[0]?.value : variable.defaultValue;
    return {
      id: variable.id,
      label: variable.label ?? variable.property ?? variable.pattern ?? variable.id,
      inputType: variable.inputType ?? 'input',
      visible: variable.visible !== false,
      values,
      initial: given ?? '',
      search: searchOf(variable),
    };
  });
}

/** {NAMESPACE,Dimension,Dimension} MetricName="NAME", of which the values of one dimension are taken. */
function searchOf({ search, populateFrom }) {
  const schema = /\{\s*([^}]+?)\s*\}/.exec(search ?? '');
  if (!schema || !populateFrom) return null;
  const [namespace, ...dimensions] = schema[1].split(',').map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
  return { namespace, metric: /MetricName\s*=\s*"?([\w/.-]+)"?/.exec(search)?.[1] ?? null, dimensions, from: populateFrom };
}

/** The values that metrics of ListMetrics have for a search, sorted. */
export function valuesOf({ dimensions, from }, metrics) {
  const wanted = [...dimensions].sort().join();
  const like = metrics.filter((metric) => metric.Dimensions.map(({ Name }) => Name).sort().join() === wanted);
  return [...new Set(like.map((metric) => metric.Dimensions.find(({ Name }) => Name === from)?.Value))].filter(Boolean).sort();
}

/** The regions that its widgets are of: where the values of a search are looked for. */
export function regionsOf({ widgets = [] }) {
  return [...new Set(widgets.map(({ properties }) => properties?.region).filter(Boolean))];
}

/** The body with the values that were chosen in it; a variable without a value changes nothing. @param chosen values by id */
export function withValues(body, chosen) {
  return (body.variables ?? []).reduce((changed, variable) => {
    const value = chosen[variable.id] ?? '';
    if (value === '') return changed;
    const widgets = variable.type === 'pattern' ? byPattern(changed.widgets, variable.pattern, value) : changed.widgets.map((widget) => byProperty(widget, variable.property, value));
    return { ...changed, widgets };
  }, body);
}

/** Anywhere in the JSON of the widgets. */
function byPattern(widgets, pattern, value) {
  try {
    return JSON.parse(JSON.stringify(widgets).replace(new RegExp(pattern, 'g'), () => JSON.stringify(value).slice(1, -1)));
  } catch {
    return widgets;
  }
}

/** A property such as region, or the values of a dimension. */
function byProperty(widget, property, value) {
  const { properties } = widget;
  const changed = property in properties ? { ...properties, [property]: typeof properties[property] === 'number' ? Number(value) : value } : { ...properties };
  if (properties.metrics) {
    changed.metrics = metricsOf(properties).map(({ names, render }) => {
      const own = property in render ? { ...render, [property]: typeof render[property] === 'number' ? Number(value) : value } : render;
      return [...names.map((part, at) => (at > 2 && at % 2 === 1 && names[at - 1] === property ? value : part)), own];
    });
  }
  return { ...widget, properties: changed };
}
