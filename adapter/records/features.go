package records

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/salesforce"
)

// features are the records that switch something, with their keys as written; a feature without keys has one value. Source: the original
// adapter's manual.
var features = map[string][]string{
	"FEATURE_CTI_ATTRIBUTES":  {"ShowAttributesIfEmpty", "ShowAllAttributes"},
	"FEATURE_RECORDING_PANEL": {"Enabled"},
	"FEATURE_AMAZONQ_PANEL":   {"Enabled", "IgnorePermissionSet"},
	"FEATURE_WISDOM_PANEL":    {"Enabled", "IgnorePermissionSet"},
	sessionend.Feature:        sessionend.Keys,
	"EnableMedialessPopout":   {"Enabled"},
	"VDIPlatform":             {"Name"},
	"GlobalResiliency":        {"GlobalSignInEndpoint", "RetainAgentStateEnabled"},
	"MiniAdapterMessage":      nil,
	"FEATURE_VOICEMAIL_DROP":  {"QuickConnect"},
}

type featureRecord struct {
	Id, Name string
	Value    string `json:"Value__c"`
}

const featureFields = "SELECT Id, Name, Value__c FROM AC_Feature__c WHERE Active__c = true AND CTI_Adapter__c = "

// features reads the active records that switch something into the adapter. What is misspelt would pass in silence: it is told.
func (a *Adapter) features(ctx context.Context, crm *salesforce.Client) error {
	found, err := salesforce.Query[featureRecord](ctx, crm, featureFields+salesforce.Quote(a.ID)+" ORDER BY Name, Id")
	if salesforce.IsCode(err, "INVALID_TYPE") {
		return nil // an org that was set up before has no such records
	}
	if err != nil {
		return fmt.Errorf("read features: %w", err)
	}
	seen := map[string]bool{}
	for _, f := range found {
		keys, known := features[f.Name]
		tell := func(format string, args ...any) {
			a.Problems = append(a.Problems, "The AC Feature "+f.Name+": "+fmt.Sprintf(format, args...))
		}
		switch {
		case !known:
			tell("there is no feature of this name; names count as written: %s.", strings.Join(slices.Sorted(maps.Keys(features)), ", "))
			continue
		case seen[f.Name]:
			tell("there are several active records of it; the first one counts.")
			continue
		}
		seen[f.Name] = true
		values, wrong := lines(f.Value, keys)
		if f.Name == sessionend.Feature {
			rule, problems := sessionend.Of(values)
			a.SessionEnd, wrong = &rule, append(wrong, problems...)
		}
		for _, what := range wrong {
			tell("%s", what)
		}
	}
	return nil
}

// lines reads a value of one setting a line; nil keys take any text.
func lines(value string, keys []string) (values map[string]string, wrong []string) {
	values = map[string]string{}
	if keys == nil {
		return values, nil
	}
	for line := range strings.Lines(value) {
		key, text, isSetting := strings.Cut(line, ":")
		key, text = strings.TrimSpace(key), strings.TrimSpace(text)
		switch {
		case key == "" && !isSetting:
		case !isSetting:
			wrong = append(wrong, fmt.Sprintf("the line %q has no colon after its key.", key))
		case !slices.Contains(keys, key):
			wrong = append(wrong, fmt.Sprintf("it has no key %q; keys count as written: %s.", key, strings.Join(keys, ", ")))
		default:
			values[key] = text
		}
	}
	return values, wrong
}
