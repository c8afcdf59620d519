// Asks the code of an API server what ValidatingAdmissionPolicies say of the samples of their suites: the argument is the folder of policies.
// The validator is put together as k8s.io/apiserver's plugin does it, which does not export that step.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	apiservercel "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"sigs.k8s.io/yaml"
)

type suite struct {
	Tests []struct {
		Cases []struct {
			Name       string `json:"name"`
			Object     string `json:"object"`
			Assertions []struct {
				Violations any `json:"violations"`
			} `json:"assertions"`
		} `json:"cases"`
	} `json:"tests"`
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func read(path string, into any) {
	text, err := os.ReadFile(path)
	must(err)
	must(yaml.Unmarshal(text, into))
}

func validator(policy *admissionv1.ValidatingAdmissionPolicy, since string) validating.Validator {
	base := environment.MustBaseEnvSet(version.MustParseGeneric(since))
	compiler, err := cel.NewCompositedCompiler(base)
	must(err)
	options := cel.OptionalVariableDeclarations{HasAuthorizer: true}
	var variables []cel.NamedExpressionAccessor
	for _, one := range policy.Spec.Variables {
		variables = append(variables, &validating.Variable{Name: one.Name, Expression: one.Expression})
	}
	compiler.CompileAndStoreVariables(variables, options, environment.NewExpressions)
	var matcher matchconditions.Matcher
	if len(policy.Spec.MatchConditions) > 0 {
		var conditions []cel.ExpressionAccessor
		for i := range policy.Spec.MatchConditions {
			conditions = append(conditions, (*matchconditions.MatchCondition)(&policy.Spec.MatchConditions[i]))
		}
		matcher = matchconditions.NewMatcher(compiler.CompileCondition(conditions, options, environment.NewExpressions), policy.Spec.FailurePolicy, "policy", "validate", policy.Name)
	}
	var rules, messages []cel.ExpressionAccessor
	for _, one := range policy.Spec.Validations {
		rules = append(rules, &validating.ValidationCondition{Expression: one.Expression, Message: one.Message, Reason: one.Reason})
		if one.MessageExpression == "" {
			messages = append(messages, nil)
		} else {
			messages = append(messages, &validating.MessageExpressionCondition{MessageExpression: one.MessageExpression})
		}
	}
	return validating.NewValidator(
		compiler.CompileCondition(rules, options, environment.NewExpressions),
		matcher,
		compiler.CompileCondition(nil, options, environment.NewExpressions),
		compiler.CompileCondition(messages, cel.OptionalVariableDeclarations{}, environment.NewExpressions),
		policy.Spec.FailurePolicy,
		nil,
	)
}

func review(policy validating.Validator, object *unstructured.Unstructured) validating.ValidateResult {
	kind := object.GroupVersionKind()
	resource := schema.GroupVersionResource{Group: kind.Group, Version: kind.Version, Resource: strings.ToLower(kind.Kind) + "s"}
	attributes := admission.NewAttributesRecord(object, nil, kind, object.GetNamespace(), object.GetName(), resource, "", admission.Create, nil, false, nil)
	versioned := &admission.VersionedAttributes{Attributes: attributes, VersionedObject: object, VersionedKind: kind}
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: object.GetNamespace()}}
	return policy.Validate(context.Background(), resource, versioned, nil, namespace, apiservercel.RuntimeCELCostBudget, nil)
}

func main() {
	since := "1.30"
	if len(os.Args) > 2 {
		since = os.Args[2]
	}
	paths, err := filepath.Glob(filepath.Join(os.Args[1], "*", "vap.yaml"))
	must(err)
	sort.Strings(paths)
	agree, differ := 0, 0
	for _, path := range paths {
		folder := filepath.Dir(path)
		var policy admissionv1.ValidatingAdmissionPolicy
		text, err := os.ReadFile(path)
		must(err)
		must(yaml.UnmarshalStrict([]byte(strings.Split(string(text), "\n---\n")[0]), &policy))
		judged := validator(&policy, since)
		var cases suite
		read(filepath.Join(folder, "suite.yaml"), &cases)
		for _, test := range cases.Tests {
			for _, one := range test.Cases {
				var object map[string]any
				read(filepath.Join(folder, one.Object), &object)
				if object["kind"] == "AdmissionReview" {
					fmt.Printf("skipped %s %s: a review, not an object\n", policy.Name, one.Name)
					continue
				}
				// Numbers as an API server has them.
				text, err := json.Marshal(object)
				must(err)
				var parsed unstructured.Unstructured
				must(parsed.UnmarshalJSON(text))
				denied := false
				var said []string
				for _, decision := range review(judged, &parsed).Decisions {
					if decision.Action == validating.ActionDeny {
						denied = true
						said = append(said, string(decision.Evaluation)+": "+decision.Message)
					}
					if decision.Evaluation == validating.EvalError {
						said = append(said, "error")
					}
				}
				wanted := false
				for _, assertion := range one.Assertions {
					if fmt.Sprint(assertion.Violations) != "no" && fmt.Sprint(assertion.Violations) != "0" && fmt.Sprint(assertion.Violations) != "false" {
						wanted = true
					}
				}
				broken := strings.Contains(strings.Join(said, " "), "error")
				if denied == wanted && !broken {
					agree++
				} else {
					differ++
					fmt.Printf("%s %s: wanted %v, got %v (%s)\n", policy.Name, one.Name, wanted, denied, strings.Join(said, "; "))
				}
			}
		}
	}
	fmt.Printf("%d policies, %d samples as the suites say, %d not\n", len(paths), agree, differ)
	if differ > 0 {
		os.Exit(1)
	}
}
