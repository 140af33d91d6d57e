package adapter

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
)

type record = map[string]any

// org is an org with one agent, one adapter record and the default flows; it keeps what it is given.
type org struct {
	url string

	mu       sync.Mutex // guards what follows
	claims   map[string]string
	tasks    []record
	channels map[string]record
	changed  chan struct{} // closed at each change
	phones   map[string]string
	found    []record // by a search
	asked    []string // queries of flows
	down     bool     // it answers to nobody
	sets     []string // permission sets that everybody has
	broken   int      // answers with which the org commits and then fails
	region   string
	adapters int      // that are active
	inactive []record // users who were deactivated
}

func newOrg(t testing.TB) *org {
	t.Helper()
	o := &org{claims: map[string]string{}, channels: map[string]record{}, changed: make(chan struct{}), phones: map[string]string{},
		adapters: 1}
	server := httptest.NewServer(o)
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

// note tells those who wait that something has changed; o.mu is held.
func (o *org) note() {
	close(o.changed)
	o.changed = make(chan struct{})
}

// await returns when something is so, which is asked under the lock.
func (o *org) await(t testing.TB, what string, so func() bool) {
	t.Helper()
	for {
		o.mu.Lock()
		ok, changed := so(), o.changed
		o.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal(what)
		}
	}
}

func answer(w io.Writer, v any) { _ = json.NewEncoder(w).Encode(v) }

func rows(w io.Writer, all ...record) {
	if all == nil {
		all = []record{}
	}
	answer(w, record{"done": true, "records": all})
}

func script(name string) string {
	body, _ := os.ReadFile("../sfdx/flows/" + name + ".json")
	return string(body)
}

func (o *org) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	o.mu.Lock()
	down := o.down
	o.mu.Unlock()
	switch {
	case down:
		w.WriteHeader(http.StatusServiceUnavailable)
	case strings.HasSuffix(r.URL.Path, "/oauth2/token"):
		id := "005000000000001AAA"
		if err := r.ParseForm(); err == nil && r.PostForm.Get("code") == "other" {
			id = "005000000000002AAA"
		}
		answer(w, map[string]string{"access_token": id, "refresh_token": id, "instance_url": o.url, "id": o.url + "/id/00D1/" + id})
	case strings.Contains(q, "IsActive = false"):
		o.mu.Lock()
		defer o.mu.Unlock()
		rows(w, o.inactive...)
	case strings.Contains(q, "Profile.PermissionsModifyAllData FROM User"):
		rows(w, record{"IsActive": true, "Profile": record{"PermissionsModifyAllData": false}})
	case strings.Contains(q, "FROM PermissionSetAssignment"):
		o.mu.Lock()
		defer o.mu.Unlock()
		var all []record
		for _, set := range o.sets {
			all = append(all, record{"PermissionSet": record{"Name": set, "PermissionsModifyAllData": false}})
		}
		rows(w, all...)
	case strings.Contains(q, "FROM User"):
		rows(w, record{"Id": "005000000000001AAA", "CallCenterId": "04v1"}, record{"Id": "005000000000002AAA", "CallCenterId": "04v1"})
	case strings.Contains(q, "FROM CallCenter"):
		rows(w, record{"Id": "04v1", "InternalName": "ACLightningAdapter"})
	case strings.Contains(q, "FROM AC_CtiAdapter__c"):
		o.mu.Lock()
		defer o.mu.Unlock()
		var all []record
		for range o.adapters {
			all = append(all, record{"Id": "a01", "Name": "A", "Amazon_Connect_Instance_Alias__c": "desk",
				"Amazon_Connect_Instance_Region__c": o.region})
		}
		rows(w, all...)
	case strings.Contains(q, "FROM AC_CtiScript__c"):
		rows(w, record{"Id": "f1", "Name": "dial", "Source__c": "salesforceUi", "Event__c": "onClickToDial",
			"Script__c": script("01-salesforceUiOnClickToDial"), "Active__c": true},
			record{"Id": "f2", "Name": "pop", "Source__c": "connectVoiceContact", "Event__c": "onConnecting",
				"Script__c": script("02-voiceContactOnConnecting"), "Active__c": true})
	case strings.HasSuffix(r.URL.Path, "/composite"):
		o.composite(w, r)
	case r.Method == http.MethodPatch && strings.Contains(r.URL.Path, "/sobjects/Task/"):
		o.change(r)
		w.WriteHeader(http.StatusNoContent)
	case strings.Contains(r.URL.Path, "/composite/sobjects/AC_ContactChannels__c"):
		o.upsert(w, r)
	case strings.HasSuffix(r.URL.Path, "/describe"):
		answer(w, record{"searchable": true, "fields": []record{{"name": "Phone", "type": "phone"}, {"name": "Name", "nameField": true},
			{"name": "CreatedById", "createable": false, "updateable": false}}})
	case strings.Contains(r.URL.Path, "/search"):
		o.mu.Lock()
		defer o.mu.Unlock()
		answer(w, record{"searchRecords": append([]record{}, o.found...)})
	case strings.Contains(q, "AC_Claim__c"):
		rows(w)
	case strings.Contains(q, "FROM Secret__c"):
		w.WriteHeader(http.StatusBadRequest)
		answer(w, []record{{"errorCode": "INVALID_TYPE", "message": "sObject type 'Secret__c' is not supported."}})
	case strings.Contains(q, "FROM Case"):
		o.mu.Lock()
		defer o.mu.Unlock()
		o.asked = append(o.asked, q)
		rows(w, record{"attributes": record{"type": "Case"}, "Id": "500000000000001AAA"})
	case strings.Contains(r.URL.Path, "/sobjects/Contact/"):
		answer(w, record{"attributes": record{"type": "Contact"}, "AccountId": "001000000000001AAA"})
	default:
		answer(w, record{"Name": "Amelia", "Username": "agent@x.example", "TimeZoneSidKey": "America/Los_Angeles"})
	}
}

type subrequest struct {
	Method string `json:"method"`
	URL    string `json:"url"`
	Ref    string `json:"referenceId"`
	Body   record `json:"body"`
}

// composite carries out the log's: a claim, a Task and the claim's record; or reads.
func (o *org) composite(w http.ResponseWriter, r *http.Request) {
	var in struct {
		AllOrNone bool         `json:"allOrNone"`
		Parts     []subrequest `json:"compositeRequest"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []record
	part := func(p subrequest, status int, body any) {
		out = append(out, record{"body": body, "httpStatusCode": status, "referenceId": p.Ref, "httpHeaders": record{}})
	}
	for _, p := range in.Parts {
		at, _ := url.PathUnescape(p.URL)
		switch {
		case p.Method == http.MethodPost && strings.HasSuffix(at, "/AC_Claim__c"):
			key := p.Body["Key__c"].(string)
			if _, there := o.claims[key]; there {
				out = nil
				for _, q := range in.Parts {
					code := "PROCESSING_HALTED"
					if q.Ref == p.Ref {
						code = "DUPLICATE_VALUE"
					}
					part(q, 400, []record{{"errorCode": code, "message": "duplicate value found: Key__c duplicates value on record with id: a09"}})
				}
				answer(w, record{"compositeResponse": out})
				return
			}
			o.claims[key] = ""
			part(p, 201, record{"id": "a09" + fmt.Sprint(len(o.claims)), "success": true})
		case p.Method == http.MethodPost:
			task := maps.Clone(p.Body)
			task["Id"] = fmt.Sprintf("00T%015d", len(o.tasks)+1)
			o.tasks = append(o.tasks, task)
			part(p, 201, record{"id": task["Id"], "success": true})
		case p.Method == http.MethodPatch:
			part(p, 204, nil)
		case strings.Contains(at, "AC_Claim__c"):
			part(p, 200, record{"done": true, "records": []record{{"Record_Id__c": "00T000000000000001"}}})
		case strings.Contains(at, "SystemModstamp"):
			part(p, 200, record{"done": true, "records": []record{{"Id": "a", "SystemModstamp": fmt.Sprint(o.region, o.adapters)}}})
		case strings.Contains(at, "FROM "):
			var found []record
			for id, phone := range o.phones {
				if strings.Contains(at, id) {
					found = append(found, record{"Id": id, "Phone": phone})
				}
			}
			part(p, 200, record{"done": true, "records": found})
		default: // the Task that the claim names; of a closed one nothing is empty
			read := record{"Subject": "Call", "IsClosed": true}
			if len(o.tasks) > 0 {
				maps.Copy(read, o.tasks[0])
				read["IsClosed"] = o.tasks[0]["Status"] != "In Progress"
			}
			part(p, 200, read)
		}
	}
	o.note()
	if o.broken > 0 {
		o.broken--
		w.WriteHeader(http.StatusGatewayTimeout)
		return
	}
	answer(w, record{"compositeResponse": out})
}

// change writes fields of a Task.
func (o *org) change(r *http.Request) {
	var values record
	_ = json.NewDecoder(r.Body).Decode(&values)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, task := range o.tasks {
		if id, _ := task["Id"].(string); strings.HasSuffix(r.URL.Path, "/"+id) {
			maps.Copy(task, values)
		}
	}
}

func (o *org) upsert(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Records []record `json:"records"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []record
	for _, row := range in.Records {
		id, _ := row["ContactId__c"].(string)
		o.channels[id] = row
		out = append(out, record{"id": "a08", "success": true, "created": true, "errors": []any{}})
	}
	o.note()
	answer(w, out)
}
