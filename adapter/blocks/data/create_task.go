package data

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CreateTask makes a Task. One whose CallObject is the contact's id is the contact's own: the log completes it when the call is over.
var CreateTask = flow.Block{
	Type: "SE_SFCreateTask", Label: "Create a Task", Category: "Salesforce",
	Help: "Makes a Task. With the contact's id as Call object it is the Task of the call: the log completes it instead of making another.",
	Inputs: []flow.Input{
		{Name: "CallObject", Label: "Call object", Help: "The contact's id, so that the Task is found by it."},
		{Name: "Type", Label: "Type", Help: "Such as Call."},
		{Name: "Status", Label: "Status", Help: "A status of Tasks; if unset, Closed chooses Completed or Not Started."},
		{Name: "Priority", Label: "Priority", Help: "Such as High or Normal."},
		{Name: "IsClosed", Label: "Closed", Kind: flow.Bool, Help: "Only counts where Status is unset: the org derives it."},
		{Name: "TaskSubtype", Label: "Task subtype", Help: "Call, Email or Task."},
		{Name: "TaskSubType", Label: "Task subtype (old spelling)", Help: "Counts where Task subtype is unset."},
		{Name: "WhoId", Label: "Who", Help: "Id of a contact or lead."},
		{Name: "WhatId", Label: "What", Help: "Id of what it is about, such as an account or a case."},
		{Name: "CallDisposition", Label: "Call disposition", Help: "What came of the call."},
		{Name: "CallDurationInSeconds", Label: "Call duration", Help: "In seconds."},
		{Name: "CallType", Label: "Call type", Help: "Inbound, Outbound or Internal."},
		{Name: "ActivityDate", Label: "Due date", Help: "As in 2026-03-01."},
		{Name: "subject1", Label: "Subject 1", Help: "The subject is up to three texts, with dashes between those that are set."},
		{Name: "subject2", Label: "Subject 2", Help: "See Subject 1."},
		{Name: "subject3", Label: "Subject 3", Help: "See Subject 1."},
		{Name: "otherTaskFields", Label: "Other task fields", Kind: flow.Map, Help: "API names of further fields, and their values."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "id", Place: flow.InCRM, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return saved(c.Host.CRM.Create(ctx, c.Effect, "Task", task(c.In)))
	},
}

// plainFields of a Task are controls of their names.
var plainFields = []string{
	"CallObject", "Type", "Status", "Priority", "TaskSubtype", "WhoId", "WhatId", "CallDisposition", "ActivityDate",
}

// task is the fields of a Task; what is empty is not sent.
func task(in flow.Values) map[string]any {
	values := map[string]any{}
	set := func(field, text string) {
		if text != "" {
			values[field] = text
		}
	}
	if other, ok := in.Get("otherTaskFields").(map[string]any); ok {
		maps.Copy(values, other)
	}
	set("TaskSubtype", in.Text("TaskSubType"))
	for _, field := range plainFields {
		set(field, in.Text(field))
	}
	set("CallType", direction(in.Text("CallType")))
	if lasted := in.Text("CallDurationInSeconds"); lasted != "" {
		values["CallDurationInSeconds"] = lasted
		if n, err := strconv.ParseFloat(lasted, 64); err == nil {
			values["CallDurationInSeconds"] = n
		}
	}
	var subject []string
	for _, name := range []string{"subject1", "subject2", "subject3"} {
		if text := in.Text(name); text != "" {
			subject = append(subject, text)
		}
	}
	set("Subject", strings.Join(subject, " - "))
	if values["Status"] == nil && in.Get("IsClosed") != nil {
		values["Status"] = "Not Started"
		if in.Bool("IsClosed") {
			values["Status"] = "Completed"
		}
	}
	return values
}

// direction is a value of CallType, whose letters the contact centre writes small. Source: Object Reference, Task.
func direction(text string) string {
	for _, value := range []string{"Inbound", "Outbound", "Internal"} {
		if strings.EqualFold(text, value) {
			return value
		}
	}
	return text
}
