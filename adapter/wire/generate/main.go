// Command generate writes the JSON schema of the messages between softphone page and adapter.
//
// Read first: main, union. Types, comments and members come from package wire, words from package
// told; nothing is said here a second time.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/invopop/jsonschema"

	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes the schema into a file. It is run in the folder of package wire.
func run(file string) error {
	reflector := jsonschema.Reflector{AllowAdditionalProperties: true}
	if err := reflector.AddGoComments("github.com/patchcord/patchcord/adapter/wire", "."); err != nil {
		return err
	}
	all := &jsonschema.Schema{Version: jsonschema.Version, Title: "Wire", Definitions: jsonschema.Definitions{}}
	for name := range wire.Unions {
		maps.Copy(all.Definitions, reflector.Reflect(wire.Unions[name].Of).Definitions)
	}
	for _, name := range slices.Sorted(maps.Keys(wire.Unions)) {
		made, err := union(name, wire.Unions[name], all.Definitions[name])
		if err != nil {
			return err
		}
		all.Definitions[name] = made
		all.OneOf = append(all.OneOf, &jsonschema.Schema{Ref: "#/$defs/" + name})
	}
	all.Extras = map[string]any{
		"x-version": wire.Version, "x-max-message": wire.MaxMessage, "x-kinds": kinds(),
		"x-words": told.PageWords(),
		"x-close": map[string]int{"signIn": wire.CloseSignIn, "otherUser": wire.CloseOtherUser, "version": wire.CloseVersion},
	}
	body, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(body, '\n'), 0o644)
}

// union is one schema for each type: the type as a constant, and the member that goes with it.
func union(name string, u wire.Union, of *jsonschema.Schema) (*jsonschema.Schema, error) {
	made := &jsonschema.Schema{Description: of.Description}
	for _, kind := range slices.Sorted(maps.Keys(u.Members)) {
		one := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), Required: []string{"type"}}
		one.Properties.Set("type", &jsonschema.Schema{Const: kind})
		if member := u.Members[kind]; member != "" {
			body, ok := of.Properties.Get(member)
			if !ok {
				return nil, fmt.Errorf("%s has no member %s for its type %s", name, member, kind)
			}
			one.Properties.Set(member, body)
			one.Required = append(one.Required, member)
		}
		made.OneOf = append(made.OneOf, one)
	}
	return made, nil
}

// kinds are the commands as the page has to know them.
func kinds() map[string]any {
	all := map[string]any{}
	for _, k := range wire.Kinds {
		all[k.Name] = map[string]any{"needs": k.Needs, "repeatable": k.Repeatable, "within": k.Within.Milliseconds()}
	}
	return all
}
