package calllog

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

var reference = regexp.MustCompile(`@\{(\w+)\.(?:records\[0\]\.)?(\w+)\}`)

// composite carries out parts in turn; o.mu is held.
func (o *org) composite(body []byte) []byte {
	var in struct {
		AllOrNone bool `json:"allOrNone"`
		Parts     []struct {
			Method, URL string
			Name        string          `json:"referenceId"`
			Body        json.RawMessage `json:"body"`
		} `json:"compositeRequest"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		o.t.Error(err)
	}
	before := map[string]map[string]fields{}
	for object, all := range o.records {
		before[object] = map[string]fields{}
		for id, r := range all {
			before[object][id] = maps.Clone(r)
		}
	}
	type out struct {
		Body   json.RawMessage `json:"body"`
		Status int             `json:"httpStatusCode"`
		Name   string          `json:"referenceId"`
	}
	halted := json.RawMessage(`[{"errorCode":"PROCESSING_HALTED","message":"rolled back"}]`)
	all, known, failed := []out{}, map[string]string{}, false
	for _, p := range in.Parts {
		if failed && in.AllOrNone {
			all = append(all, out{halted, 400, p.Name})
			continue
		}
		fill := func(s string) string {
			return reference.ReplaceAllStringFunc(s, func(ref string) string {
				found := reference.FindStringSubmatch(ref)
				return known[found[1]+"."+found[2]]
			})
		}
		status, answer := o.part(p.Method, strings.TrimPrefix(fill(p.URL), "/services/data/v67.0"), []byte(fill(string(p.Body))))
		var value struct {
			ID      string `json:"id"`
			Records []struct {
				Record string `json:"Record_Id__c"`
			}
		}
		_ = json.Unmarshal(answer, &value) // an error has none
		known[p.Name+".id"] = value.ID
		if len(value.Records) > 0 {
			known[p.Name+".Record_Id__c"] = value.Records[0].Record
		}
		if answer == nil {
			answer = []byte("null")
		}
		all = append(all, out{answer, status, p.Name})
		if status >= 400 && in.AllOrNone {
			failed, o.records = true, before
			for i := range all[:len(all)-1] {
				all[i] = out{halted, 400, all[i].Name}
			}
		}
	}
	answer, _ := json.Marshal(map[string]any{"compositeResponse": all})
	return answer
}

func refusal(code string) []byte {
	return fmt.Appendf(nil, `[{"errorCode":%q,"message":"the org's sentence","fields":[]}]`, code)
}

// part carries out one request; o.mu is held.
func (o *org) part(method, path string, body []byte) (status int, answer []byte) {
	at, _ := url.Parse(path)
	names := strings.Split(strings.TrimPrefix(at.Path, "/sobjects/"), "/")
	if strings.HasPrefix(at.Path, "/query") {
		return o.query(at.Query().Get("q"))
	}
	object := names[0]
	values := fields{}
	_ = json.Unmarshal(body, &values)
	if method == http.MethodPost {
		return o.insert(object, values)
	}
	have, ok := o.records[object][names[1]]
	switch {
	case !ok:
		return 404, refusal("NOT_FOUND")
	case method == http.MethodGet:
		answer, _ = json.Marshal(have)
		return 200, answer
	}
	if o.refuse != nil {
		if code := o.refuse(object, values); code != "" {
			return 400, refusal(code)
		}
	}
	maps.Copy(have, values)
	if have["Status"] == "Completed" {
		have["IsClosed"] = true
	}
	return 204, nil
}

func (o *org) insert(object string, values fields) (int, []byte) {
	if o.refuse != nil {
		if code := o.refuse(object, values); code != "" {
			return 400, refusal(code)
		}
	}
	for _, r := range o.records[object] {
		if object == claimObject && r["Key__c"] == values["Key__c"] {
			return 400, refusal("DUPLICATE_VALUE")
		}
	}
	o.made++
	id := fmt.Sprintf("%s%012dAAA", map[string]string{claimObject: "a0C", "Task": "00T"}[object], o.made)
	values["IsClosed"] = values["Status"] == "Completed"
	if o.records[object] == nil {
		o.records[object] = map[string]fields{}
	}
	o.records[object][id] = values
	return 201, fmt.Appendf(nil, `{"id":%q,"success":true,"errors":[]}`, id)
}

var keyIs = regexp.MustCompile(`Key__c = '(.*)'`)

func (o *org) query(soql string) (int, []byte) {
	list := ""
	if key := keyIs.FindStringSubmatch(soql); key != nil {
		for _, r := range o.records[claimObject] {
			if r["Key__c"] == key[1] {
				list = fmt.Sprintf(`{"Record_Id__c":%q}`, r["Record_Id__c"])
			}
		}
	}
	for part, answer := range o.answers {
		if strings.Contains(soql, part) {
			if strings.HasPrefix(answer, "[") {
				return 400, []byte(answer)
			}
			list = answer
		}
	}
	return 200, []byte(`{"done":true,"records":[` + list + `]}`)
}

// many writes or deletes rows; o.mu is held.
func (o *org) many(r *http.Request, body []byte) []byte {
	out := []json.RawMessage{}
	if r.Method == http.MethodDelete {
		for id := range strings.SplitSeq(r.URL.Query().Get("ids"), ",") {
			out = append(out, json.RawMessage(`{"id":"`+id+`","success":true,"errors":[]}`))
		}
	} else {
		var in struct{ Records []fields }
		if err := json.Unmarshal(body, &in); err != nil {
			o.t.Error(err)
		}
		for _, row := range in.Records {
			delete(row, "attributes")
			if o.refuse != nil {
				if code := o.refuse(channelObject, row); code != "" {
					code, field, _ := strings.Cut(code, " ")
					said, _ := json.Marshal(strings.Fields(field))
					out = append(out, json.RawMessage(`{"success":false,"errors":[{"statusCode":"`+code+`","message":"m","fields":`+string(said)+`}]}`))
					continue
				}
			}
			key, _ := row[keyField].(string)
			if o.records[channelObject] == nil {
				o.records[channelObject] = map[string]fields{}
			}
			if o.records[channelObject][key] == nil {
				o.records[channelObject][key] = fields{}
			}
			maps.Copy(o.records[channelObject][key], row)
			out = append(out, json.RawMessage(`{"id":"row-`+key+`","success":true,"errors":[]}`))
		}
	}
	answer, _ := json.Marshal(out)
	return answer
}
