import { TemplateError } from '../go/template-parser.ts'
import { renderTemplate } from '../go/template.ts'
import { BuiltinError, define, objectOperand, stepper, stringOperand } from './builtin.ts'
import { any, objectOf, string } from './types.ts'

export const templates = define('strings', [
  {
    name: 'strings.render_template',
    args: [
      ['value', string, "a template of Go's text/template"],
      ['vars', objectOf(string, any), 'what its fields stand for'],
    ],
    result: [string, 'the text; what is missing shows as `<undefined>`'],
    description: 'Renders a template.',
    evaluate: (args, context) => {
      const source = stringOperand(args, 0)
      const data = objectOperand(args, 1)
      try {
        return renderTemplate(source, data, stepper(context))
      } catch (error) {
        if (error instanceof TemplateError) throw new BuiltinError(error.message)
        throw error
      }
    },
  },
])
