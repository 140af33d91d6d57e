package versions

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
)

// Types are what types of flows that nobody knows stand for in an org.
type Types map[string]string

// MaxTypes is how many characters the CRM's field for them holds.
const MaxTypes = 131_072

// ParseTypes reads the field. What cannot be used is left out and told, as a part of a sentence.
func ParseTypes(text string) (types Types, problems []string) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var given map[string]string
	if json.Unmarshal([]byte(text), &given) != nil {
		return nil, []string{`it is no map of types such as {"SE_SFFindLead": "SE_SFGetLeadId"}`}
	}
	types = Types{}
	for _, from := range slices.Sorted(maps.Keys(given)) {
		switch to := given[from]; {
		case blocks.All.Has(from):
			problems = append(problems, from+" is a block itself and stands for nothing else")
		case !blocks.All.Has(to):
			problems = append(problems, fmt.Sprintf("%s stands for %q, and there is no such block", from, to))
		default:
			types[from] = to
		}
	}
	return types, problems
}

// compiled is a file as it would run in an org.
type compiled struct {
	file     flow.Document // as it was saved
	program  flow.Program  // with the types that the org's map gives
	findings []flow.Finding
}

// compile reads a file and says what there is to say of it. *flow.Invalid for what is no flow at all.
func compile(raw []byte, types Types, event string) (compiled, error) {
	file, err := flow.Read(raw)
	if err != nil {
		return compiled{}, err
	}
	mapped, err := file.WithTypes(types)
	if err != nil {
		return compiled{}, err
	}
	program, findings := lint.Flow(mapped, blocks.All, lint.About{Event: event})
	return compiled{file, program, findings}, nil
}

// load is a file as it runs. *flow.Invalid if it cannot run at all.
func load(raw []byte, types Types) (mapped []byte, program flow.Program, err error) {
	file, err := flow.Read(raw)
	if err != nil {
		return nil, flow.Program{}, err
	}
	if file, err = file.WithTypes(types); err != nil {
		return nil, flow.Program{}, err
	}
	program, findings := flow.Compile(file, blocks.All)
	return file.Bytes(), program, flow.Broken(findings)
}

// mayRun says why the file must not be active: it cannot run, has a block that nobody knows, or does not fit where people look at it.
func (c compiled) mayRun() error {
	if err := flow.MayActivate(c.findings); err != nil {
		return err
	}
	_, err := scriptOf(c.file)
	return err
}

// rulesOf are the rules of an org, for flows of an event.
func rulesOf(types Types, event string) Rules {
	return Rules{
		May: func(raw []byte) error {
			c, err := compile(raw, types, event)
			if err != nil {
				return err
			}
			return c.mayRun()
		},
		Can: func(raw []byte) error {
			_, _, err := load(raw, types)
			return err
		},
	}
}
