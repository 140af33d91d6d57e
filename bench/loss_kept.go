package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// keep answers what a call leaves and what is asked of it; false for all else.
func (o *ledgerOrg) keep(w http.ResponseWriter, r *http.Request) bool {
	q := r.URL.Query().Get("q")
	say := func(v any) bool { _ = json.NewEncoder(w).Encode(v); return true }
	type row map[string]any
	switch {
	case strings.HasSuffix(r.URL.Path, "/composite"):
		return say(o.composite(r))
	case strings.Contains(r.URL.Path, "/composite/sobjects/AC_ContactChannels__c"):
		return say(o.upsert(r))
	case strings.HasSuffix(r.URL.Path, "/describe"):
		return say(row{"searchable": true, "fields": []row{{"name": "Phone", "type": "phone"}, {"name": "Name", "nameField": true}}})
	case strings.Contains(r.URL.Path, "/search"):
		return say(row{"searchRecords": []row{}})
	case strings.Contains(r.URL.Path, "/sobjects/Task/") && r.Method == http.MethodPatch:
		o.change(r)
		w.WriteHeader(http.StatusNoContent)
		return true
	case strings.Contains(q, "FROM AC_CtiScript__c"):
		return say(row{"done": true, "records": []row{
			{"Id": "a02000000000001", "Name": "dial", "Source__c": "salesforceUi", "Event__c": "onClickToDial", "Active__c": true,
				"Script__c": flowOf("01-salesforceUiOnClickToDial")},
			{"Id": "a02000000000002", "Name": "pop", "Source__c": "connectVoiceContact", "Event__c": "onConnecting", "Active__c": true,
				"Script__c": flowOf("02-voiceContactOnConnecting")}}})
	}
	return false
}

// flowOf is a flow as the package delivers it.
func flowOf(name string) string {
	body, err := os.ReadFile(filepath.Join(filepath.Dir(script()), "..", "sfdx", "flows", name+".json"))
	if err != nil {
		return "" // the adapter says that it has no such flow, and nothing pops
	}
	return string(body)
}

type subrequest struct {
	Method string         `json:"method"`
	URL    string         `json:"url"`
	Ref    string         `json:"referenceId"`
	Body   map[string]any `json:"body"`
}

type subanswer struct {
	Body   any    `json:"body"`
	Status int    `json:"httpStatusCode"`
	Ref    string `json:"referenceId"`
	Header struct {
	} `json:"httpHeaders"`
}

type made struct {
	ID      string `json:"id"`
	Success bool   `json:"success"`
}

type problem struct {
	Code    string `json:"errorCode"`
	Message string `json:"message"`
}

var (
	claimKey = regexp.MustCompile(`Key__c = '([^']+)'`)
	anyID    = regexp.MustCompile(`003\w{12,15}`)
)

// composite is all or nothing where it makes records, as the log asks for it; or it reads.
func (o *ledgerOrg) composite(r *http.Request) any {
	var in struct {
		Parts []subrequest `json:"compositeRequest"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []subanswer
	key, found := "", ""
	for _, p := range in.Parts {
		at, _ := url.PathUnescape(p.URL)
		part := subanswer{Ref: p.Ref, Status: http.StatusOK}
		switch {
		case p.Method == http.MethodPost && strings.HasSuffix(at, "/AC_Claim__c"):
			key = text(p.Body["Key__c"])
			if _, there := o.claims[key]; there {
				return map[string]any{"compositeResponse": halted(in.Parts, p.Ref)}
			}
			o.claims[key] = ""
			part.Status, part.Body = http.StatusCreated, made{"a09" + fmt.Sprintf("%015d", len(o.claims)), true}
		case p.Method == http.MethodPost:
			one := task{id: fmt.Sprintf("00T%015d", len(o.tasks)+1), contact: text(p.Body["CallObject"]), record: recordOf(p.Body), at: time.Now()}
			o.tasks = append(o.tasks, one)
			o.claims[key] = one.id
			part.Status, part.Body = http.StatusCreated, made{one.id, true}
		case p.Method == http.MethodPatch:
			part.Status = http.StatusNoContent
		case strings.Contains(at, "AC_Claim__c"):
			records := []map[string]any{}
			if m := claimKey.FindStringSubmatch(strings.ReplaceAll(at, "+", " ")); m != nil {
				if id, there := o.claims[m[1]]; there {
					found = id
					records = append(records, map[string]any{"Record_Id__c": id})
				}
			}
			part.Body = map[string]any{"done": true, "records": records}
		case strings.Contains(at, "/sobjects/Task/"):
			part.Body = o.asked(found)
		default:
			part.Body = map[string]any{"done": true, "records": o.numbers(at)}
		}
		out = append(out, part)
	}
	return map[string]any{"compositeResponse": out}
}

// halted is the platform's answer when a key is there: that part says so, all others were not carried out.
func halted(parts []subrequest, ref string) []subanswer {
	var out []subanswer
	for _, p := range parts {
		why := problem{"PROCESSING_HALTED", "The transaction was rolled back since another operation in the same transaction failed."}
		if p.Ref == ref {
			why = problem{"DUPLICATE_VALUE", "duplicate value found: Key__c duplicates value on record with id: a09000000000001"}
		}
		out = append(out, subanswer{Ref: p.Ref, Status: http.StatusBadRequest, Body: []problem{why}})
	}
	return out
}

func text(v any) string { t, _ := v.(string); return t }

func recordOf(fields map[string]any) string {
	if id := text(fields["WhoId"]); id != "" {
		return id
	}
	return text(fields["WhatId"])
}

// asked is a Task as it reads.
func (o *ledgerOrg) asked(id string) map[string]any {
	for _, t := range o.tasks {
		if t.id == id {
			fields := map[string]any{"Subject": "Call", "ActivityDate": "2026-01-01", "CallObject": t.contact, "CallType": "Inbound",
				"CallDurationInSeconds": 1, "IsClosed": true}
			if strings.HasPrefix(t.record, "003") {
				fields["WhoId"] = t.record
			} else if t.record != "" {
				fields["WhatId"] = t.record
			}
			return fields
		}
	}
	return map[string]any{}
}

// numbers are the phone fields of the records that a question names.
func (o *ledgerOrg) numbers(soql string) []map[string]any {
	found := []map[string]any{}
	for _, id := range anyID.FindAllString(soql, -1) {
		if phone, there := o.phones[id]; there {
			found = append(found, map[string]any{"Id": id, "Phone": phone})
		}
	}
	return found
}

// change gives a Task a relation that had none.
func (o *ledgerOrg) change(r *http.Request) {
	var values map[string]any
	_ = json.NewDecoder(r.Body).Decode(&values)
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.tasks {
		if strings.HasSuffix(r.URL.Path, o.tasks[i].id) && recordOf(values) != "" {
			o.tasks[i].record = recordOf(values)
		}
	}
}

func (o *ledgerOrg) upsert(r *http.Request) any {
	var in struct {
		Records []map[string]any `json:"records"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	o.mu.Lock()
	defer o.mu.Unlock()
	out := []map[string]any{}
	for _, row := range in.Records {
		o.rows[text(row["ContactId__c"])] = true
		out = append(out, map[string]any{"id": "a08000000000001", "success": true, "created": true, "errors": []any{}})
	}
	return out
}

// enlist adds a person with a number.
func (o *ledgerOrg) enlist(record, phone string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.phones[record] = phone
}

// matches are the people whose number ends in these digits, as the platform's search compares.
func (o *ledgerOrg) matches(search string) []string {
	wanted := digits(search)
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []string
	for record, phone := range o.phones {
		if wanted != "" && strings.HasSuffix(digits(phone), wanted) {
			found = append(found, record)
		}
	}
	return found
}

// kept are the Tasks and rows so far.
func (o *ledgerOrg) kept() ([]task, map[string]bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]task{}, o.tasks...), maps.Clone(o.rows)
}
