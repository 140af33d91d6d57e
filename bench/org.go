package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// stubOrg answers as a CRM does, at once and from memory: what is measured against it is the adapter's own share. It knows any number of
// agents, all in one call centre with one adapter record: the code n of a sign-in is agent n.
type stubOrg struct {
	url    string
	server *http.Server
	ended  chan error
	keep   func(http.ResponseWriter, *http.Request) bool // answers first where it can; nil for nobody
}

// The two flows: one that pops and one that stays within the adapter.
const (
	popFlow = `{"name":"pop","actions":[{"id":"0","type":"SE_Start","ports":{"done":"1"}},
{"id":"1","type":"SE_SFSearchAndScreenpop","controls":{"searchParams":"$.contact.parsedNumber.phone","deferred":false,
"callType":"inbound"},"ports":{"success":"2","failure":"2"}},
{"id":"2","type":"SE_End"}]}`
	quietFlow = `{"name":"quiet","actions":[{"id":"0","type":"SE_Start","ports":{"done":"1"}},
{"id":"1","type":"SE_CoreTruthy","controls":{"value":"$.contact.phoneNumber"},"ports":{"true":"2","false":"3"}},
{"id":"2","type":"SE_CoreFormatPhoneNumberE164","controls":{"phoneNumber":"$.contact.phoneNumber","countryCode":"US"},"ports":{"done":"3"}},
{"id":"3","type":"SE_End"}]}`
)

func newStubOrg(keep func(http.ResponseWriter, *http.Request) bool, around func(http.Handler) http.Handler) (*stubOrg, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	o := &stubOrg{url: "http://" + l.Addr().String(), ended: make(chan error, 1), keep: keep}
	handler := http.Handler(o)
	if around != nil {
		handler = around(o)
	}
	o.server = &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { o.ended <- o.server.Serve(l) }()
	return o, nil
}

func (o *stubOrg) close() error {
	err := o.server.Close()
	if served := <-o.ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// ServeHTTP answers what the adapter asks.
func (o *stubOrg) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	type row map[string]any
	answer := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	rows := func(of ...row) { answer(row{"totalSize": len(of), "done": true, "records": append([]row{}, of...)}) }
	if o.keep != nil && o.keep(w, r) {
		return
	}
	q := r.URL.Query().Get("q")
	switch {
	case strings.HasSuffix(r.URL.Path, "/oauth2/token"):
		user := r.FormValue("code")
		if user == "" {
			user = strings.TrimPrefix(r.FormValue("refresh_token"), "refresh-")
		}
		answer(row{"access_token": "token-" + user, "refresh_token": "refresh-" + user, "instance_url": o.url, "id": o.url +
			"/id/00D000000000001/" + userID(user)})
	case strings.Contains(q, "IsActive = false"):
		rows() // nobody has left
	case strings.Contains(q, "FROM User"):
		var of []row
		for _, id := range userIDs.FindAllString(q, -1) {
			of = append(of, row{"Id": id, "CallCenterId": "04v000000000001"})
		}
		rows(of...)
	case strings.Contains(q, "FROM CallCenter"):
		rows(row{"Id": "04v000000000001", "InternalName": "ACLightningAdapter"})
	case strings.Contains(q, "FROM AC_CtiAdapter__c"):
		rows(row{"Id": "a01000000000001", "Name": "A", "Amazon_Connect_Instance_Alias__c": "desk",
			"Amazon_Connect_Instance_Region__c": "us-east-1"})
	case strings.Contains(q, "FROM AC_CtiScript__c"):
		rows(row{"Id": "a02000000000001", "Name": "pop", "Source__c": "connectVoiceContact", "Event__c": "onConnecting",
			"Script__c": popFlow, "Active__c": true},
			row{"Id": "a02000000000002", "Name": "quiet", "Source__c": "connectVoiceContact", "Event__c": "onConnected",
				"Script__c": quietFlow, "Active__c": true})
	case strings.HasSuffix(r.URL.Path, "/query"), strings.HasSuffix(r.URL.Path, "/query/"):
		rows()
	case r.Method == http.MethodGet:
		answer(row{"Name": "Amelia Okafor", "Username": "agent@bench.example", "TimeZoneSidKey": "America/Los_Angeles"})
	default:
		w.WriteHeader(http.StatusCreated)
		answer(row{"id": "00T000000000001", "success": true})
	}
}

var userIDs = regexp.MustCompile(`005\w{12}`)

// userID is the record id of agent n, who is given as text.
func userID(n string) string { return "005" + strings.Repeat("0", max(0, 12-len(n))) + n }

// get asks a page of a server of this machine.
func get(ctx context.Context, client *http.Client, url string, cookies ...*http.Cookie) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	return client.Do(req)
}
