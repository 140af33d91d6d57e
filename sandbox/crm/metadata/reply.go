package metadata

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// reply is the answer to an operation as it is written.
type reply struct{ strings.Builder }

// put writes an element; nothing for an empty text or a time that never was.
func (o *reply) put(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case time.Time:
		if v.IsZero() {
			return
		}
		value = v.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	fmt.Fprintf(o, "<%s>%s</%s>", name, quoted(fmt.Sprint(value)), name)
}

func (o *reply) open(name string, inside func()) {
	o.WriteString("<" + name + ">")
	inside()
	o.WriteString("</" + name[:len(name)-len(name[strings.IndexByte(name+" ", ' '):])] + ">")
}

// deployResult writes how far a deployment has come. Source: Metadata API developer guide.
func (o *reply) deployResult(r result, details bool) {
	o.open("result", func() {
		if r.Canceler != "" {
			o.put("canceledBy", r.CancelerID)
			o.put("canceledByName", r.Canceler)
		}
		o.put("checkOnly", r.Options.CheckOnly)
		o.put("completedDate", r.Completed)
		o.put("createdBy", r.CreatedBy)
		o.put("createdByName", r.By)
		o.put("createdDate", r.Created)
		o.open("details", func() {
			if !details {
				return
			}
			for _, m := range sortMessages(r.Failures) {
				o.open("componentFailures", func() { o.message(m) })
			}
			for _, m := range sortMessages(r.Successes) {
				o.open("componentSuccesses", func() { o.message(m) })
			}
			o.open("runTestResult", func() {
				o.put("numFailures", 0)
				o.put("numTestsRun", 0)
				o.put("totalTime", "0.0")
			})
		})
		o.put("done", r.Done)
		o.put("errorMessage", r.Message)
		o.put("errorStatusCode", r.Code)
		o.put("id", r.ID)
		o.put("ignoreWarnings", r.Options.IgnoreWarnings)
		o.put("lastModifiedDate", r.changed())
		o.put("numberComponentErrors", r.Errors)
		o.put("numberComponentsDeployed", r.Deployed)
		o.put("numberComponentsTotal", r.Total)
		o.put("numberTestErrors", 0)
		o.put("numberTestsCompleted", 0)
		o.put("numberTestsTotal", 0)
		o.put("rollbackOnError", r.Options.RollbackOnError)
		o.put("runTestsEnabled", false)
		o.put("startDate", r.Started)
		o.put("status", r.Status)
		o.put("success", r.Success)
	})
}

func (o *reply) message(m message) {
	o.put("changed", m.Changed)
	if m.Column > 0 {
		o.put("columnNumber", m.Column)
	}
	if m.ComponentType == "" {
		o.WriteString("<componentType></componentType>")
	}
	o.put("componentType", m.ComponentType)
	o.put("created", m.Created)
	o.put("createdDate", m.At)
	o.put("deleted", m.Deleted)
	o.put("fileName", m.FileName)
	o.put("fullName", m.FullName)
	o.put("id", string(m.ID))
	if m.Line > 0 {
		o.put("lineNumber", m.Line)
	}
	o.put("problem", m.Problem)
	o.put("problemType", m.ProblemType)
	o.put("success", m.Success)
}

// properties writes what is known of a component.
func (o *reply) properties(p properties) {
	o.put("createdById", string(p.createdBy))
	o.put("createdDate", p.created)
	o.put("fileName", p.file)
	o.put("fullName", p.fullName)
	o.put("id", string(p.id))
	o.put("lastModifiedById", string(p.modifiedBy))
	o.put("lastModifiedDate", p.modified)
	o.put("manageableState", "unmanaged")
	o.put("type", p.kind)
}

const maxNested = 4 // levels of a type that are told

func (o *reply) valueFields(members map[string]member) { o.nestedFields(members, 0) }

func (o *reply) nestedFields(members map[string]member, depth int) {
	for _, name := range slices.Sorted(maps.Keys(members)) {
		m := members[name]
		o.open("valueTypeFields", func() {
			if depth < maxNested {
				o.nestedValueFields(m, depth)
			}
			o.put("isForeignKey", false)
			o.put("isNameField", name == "fullName")
			atLeast := 0
			if m.required {
				atLeast = 1
			}
			o.put("minOccurs", atLeast)
			o.put("name", name)
			kind := m.kind
			switch kind {
			case "":
				kind = "string"
			case "number":
				kind = "double"
			}
			o.put("soapType", kind)
			o.put("valueRequired", m.required)
		})
	}
}

func (o *reply) nestedValueFields(m member, depth int) {
	if inner, ok := objects()[m.kind]; ok {
		var below reply
		below.nestedFields(inner, depth+1)
		o.WriteString(strings.ReplaceAll(below.String(), "valueTypeFields>", "fields>"))
	}
}
