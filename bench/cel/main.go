// Evaluates CEL as an API server does: expressions from standard input, one JSON text a line; the object is the argument's JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"k8s.io/apimachinery/pkg/util/version"
	apiservercel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

func show(v ref.Val) string {
	switch x := v.(type) {
	case *types.Optional:
		if !x.HasValue() {
			return "none"
		}
		return "optional(" + show(x.GetValue()) + ")"
	case types.String:
		return text(string(x))
	case types.Int:
		return fmt.Sprintf("%d", int64(x))
	case types.Uint:
		return fmt.Sprintf("%du", uint64(x))
	case types.Double:
		return fmt.Sprintf("%v.", float64(x))
	case types.Bool:
		return fmt.Sprintf("%v", bool(x))
	case types.Null:
		return "null"
	case types.Bytes:
		return fmt.Sprintf("b%x", []byte(x))
	case types.Duration:
		return fmt.Sprintf("duration(%d)", int64(x.Duration/time.Millisecond))
	case types.Timestamp:
		return "timestamp(" + x.Time.UTC().Format("2006-01-02T15:04:05.000Z") + ")"
	}
	if m, ok := v.(traits.Mapper); ok {
		var parts []string
		it := m.Iterator()
		for it.HasNext() == types.True {
			k := it.Next()
			parts = append(parts, show(k)+":"+show(m.Get(k)))
		}
		sort.Strings(parts)
		return "{" + strings.Join(parts, ",") + "}"
	}
	if l, ok := v.(traits.Lister); ok {
		var parts []string
		it := l.Iterator()
		for it.HasNext() == types.True {
			parts = append(parts, show(it.Next()))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	switch x := v.(type) {
	case apiservercel.IP:
		return x.Addr.String()
	case apiservercel.CIDR:
		return x.Prefix.String()
	case apiservercel.Semver:
		return x.Version.String()
	case apiservercel.URL:
		return x.URL.String()
	case *apiservercel.Format:
		return "format"
	}
	if v.Type() == types.TypeType {
		return "type"
	}
	return v.Type().TypeName()
}

func main() {
	set := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	ext, err := set.Extend(environment.VersionedOptions{IntroducedVersion: version.MajorMinor(1, 0), EnvOptions: []cel.EnvOption{
		cel.Variable("object", cel.DynType), cel.Variable("oldObject", cel.DynType), cel.Variable("n", cel.DynType)}})
	if err != nil {
		panic(err)
	}
	env, err := ext.Env(environment.StoredExpressions)
	if err != nil {
		panic(err)
	}
	var object any
	if len(os.Args) > 1 {
		b, _ := os.ReadFile(os.Args[1])
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.UseNumber()
		if err := d.Decode(&object); err != nil {
			panic(err)
		}
		object = numbers(object)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var e string
		if json.Unmarshal(in.Bytes(), &e) != nil {
			continue
		}
		kind, val := eval(env, e, object)
		fmt.Fprintf(out, "{\"e\":%s,\"kind\":%s,\"value\":%s}\n", text(e), text(kind), text(val))
	}
}

// text is JSON that leaves `<`, `>` and `&` alone.
func text(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)
	return strings.TrimSuffix(b.String(), "\n")
}

func numbers(v any) any {
	switch x := v.(type) {
	case json.Number:
		if i, err := x.Int64(); err == nil {
			return i
		}
		f, _ := x.Float64()
		return f
	case map[string]any:
		for k := range x {
			x[k] = numbers(x[k])
		}
	case []any:
		for i := range x {
			x[i] = numbers(x[i])
		}
	}
	return v
}

func eval(env *cel.Env, e string, object any) (kind, val string) {
	defer func() {
		if r := recover(); r != nil {
			kind, val = "panic", fmt.Sprint(r)
		}
	}()
	ast, iss := env.Compile(e)
	if iss.Err() != nil {
		return "compile", iss.Err().Error()
	}
	p, err := env.Program(ast)
	if err != nil {
		return "program", err.Error()
	}
	r, _, err := p.Eval(map[string]any{"object": object, "oldObject": nil, "n": nil})
	if err != nil {
		return "error", err.Error()
	}
	return "ok", show(r)
}
