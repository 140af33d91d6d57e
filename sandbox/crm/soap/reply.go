package soap

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// reply is the answer to an operation as it is written. Names carry no prefix: clients look for them with regular expressions.
type reply struct{ strings.Builder }

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder never fails
	return b.String()
}

func (o *reply) put(name string, value any) {
	fmt.Fprintf(o, "<%s>%s</%s>", name, escape(fmt.Sprint(value)), name)
}

// open writes an element around what inside writes; the name may carry attributes.
func (o *reply) open(name string, inside func()) {
	o.WriteString("<" + name + ">")
	inside()
	tag, _, _ := strings.Cut(name, " ")
	o.WriteString("</" + tag + ">")
}

func (o *reply) send(w http.ResponseWriter, kind, operation string) {
	w.Header().Set("Content-Type", "text/xml; charset=UTF-8")
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope `+
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:`+kind+
		`.soap.sforce.com" xmlns:sf="urn:sobject.`+kind+`.soap.sforce.com" `+
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><`+operation+`Response>`+o.String()+
		`</`+operation+`Response></soapenv:Body></soapenv:Envelope>`)
}

func fault(w http.ResponseWriter, e *schema.Error) {
	kind := map[string]string{"MALFORMED_QUERY": "MalformedQueryFault", "INVALID_FIELD": "InvalidFieldFault",
		"INVALID_TYPE": "InvalidSObjectFault", "INVALID_QUERY_LOCATOR": "InvalidQueryLocatorFault",
		"MALFORMED_ID": "InvalidIdFault", "MALFORMED_SEARCH": "MalformedSearchFault"}[e.Code]
	if kind == "" {
		kind = "UnexpectedErrorFault"
	}
	w.Header().Set("Content-Type", "text/xml; charset=UTF-8")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope `+
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com" `+
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<soapenv:Body><soapenv:Fault><faultcode>sf:%s</faultcode><faultstring>%s</faultstring><detail><sf:%s `+
		`xsi:type="sf:%s"><sf:exceptionCode>%s</sf:exceptionCode><sf:exceptionMessage>%s</sf:exceptionMessage></sf:%s>`+
		`</detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
		e.Code, escape(e.Code+": "+e.Message), kind, kind, e.Code, escape(e.Message), kind)
}

func (o *reply) queryResult(r records.Result) {
	o.put("done", r.Done)
	if r.Locator == "" {
		o.WriteString(`<queryLocator xsi:nil="true"/>`)
	} else {
		o.put("queryLocator", r.Locator)
	}
	for _, record := range r.Records {
		o.record("records", record)
	}
	o.put("size", r.TotalSize)
}

// record writes an sObject: its type, its id, then its fields in the order that was asked for.
func (o *reply) record(name string, r records.Record) {
	o.open(name+` xsi:type="sf:sObject"`, func() {
		o.put("sf:type", r.Object)
		if id := r.ID(); id != "" {
			o.put("sf:Id", id)
		} else {
			o.WriteString(`<sf:Id xsi:nil="true"/>`)
		}
		for _, f := range r.Fields {
			if f.Name != "Id" {
				o.field("sf:"+f.Name, f.Value)
			}
		}
	})
}

func (o *reply) field(name string, value any) {
	switch v := value.(type) {
	case nil:
		o.WriteString("<" + name + ` xsi:nil="true"/>`)
	case *records.Record:
		o.record(name, *v)
	case *records.Result:
		o.open(name+` xsi:type="QueryResult"`, func() { o.queryResult(*v) })
	default:
		o.put(name, v)
	}
}

// saveResult writes how one write went.
func (o *reply) saveResult(id schema.RecordID, created *bool, problem *schema.Error) {
	o.open("result", func() {
		if created != nil {
			o.put("created", *created && problem == nil)
		}
		if problem != nil {
			o.open("errors", func() {
				for _, f := range problem.Fields {
					o.put("fields", f)
				}
				o.put("message", problem.Message)
				o.put("statusCode", problem.Code)
			})
			o.WriteString(`<id xsi:nil="true"/>`)
		} else {
			o.put("id", id)
		}
		o.put("success", problem == nil)
	})
}
