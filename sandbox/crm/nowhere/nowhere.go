// Package nowhere is what the CRM's APIs say where nothing is: each refuses in its own shape, so that its clients can
// read it.
//
// Read first: Guard, shapes. It knows the paths of the APIs, nothing of what they do. Source: the platform's developer
// guides for codes; the sentences are best knowledge.
package nowhere

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/internal/lost"
)

// shape is how one API refuses. A path belongs to the first shape whose prefix it has.
type shape struct {
	prefix string
	refuse func(w http.ResponseWriter, r *http.Request, status int)
}

var shapes = []shape{
	{"/services/async/", bulkOne},
	{"/services/Soap/", fault},
	{"/services/oauth2/", oauth},
	{"/services/", rest},
	{"/cometd", bayeux},
}

// Guard answers what next has no answer for: Go's own words for "not found" and "method not allowed", which no client
// of an API can read.
func Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, s := range shapes {
			if strings.HasPrefix(r.URL.Path, s.prefix) || r.URL.Path+"/" == s.prefix {
				if status := lost.Unanswered(next, w, r, http.StatusNotFound, http.StatusMethodNotAllowed); status != 0 {
					s.refuse(w, r, status)
				}
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// rest is the refusal of the data, Tooling, Metadata and Bulk 2.0 APIs.
func rest(w http.ResponseWriter, r *http.Request, status int) {
	type row struct {
		Message string `json:"message"`
		Code    string `json:"errorCode"`
	}
	out := row{"The requested resource does not exist", "NOT_FOUND"}
	if status == http.StatusMethodNotAllowed {
		out = row{"HTTP Method '" + r.Method + "' not allowed.", "METHOD_NOT_ALLOWED"}
	}
	inJSON(w, status, []row{out})
}

// oauth is the refusal of an OAuth endpoint. Source: RFC 6749 §5.2.
func oauth(w http.ResponseWriter, _ *http.Request, status int) {
	type out struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if status == http.StatusMethodNotAllowed {
		inJSON(w, http.StatusBadRequest, out{"invalid_request", "must use HTTP POST"})
		return
	}
	inJSON(w, status, out{"invalid_request", "no such endpoint"})
}

// bulkOne is Bulk API 1.0, which the org does not have. Clients that speak JSON hear JSON. Source: Bulk API developer
// guide, Errors.
func bulkOne(w http.ResponseWriter, r *http.Request, _ int) {
	type out struct {
		XMLName xml.Name `json:"-" xml:"http://www.force.com/2009/06/asyncapi/dataload error"`
		Code    string   `json:"exceptionCode" xml:"exceptionCode"`
		Message string   `json:"exceptionMessage" xml:"exceptionMessage"`
	}
	refused := out{Code: "FeatureNotEnabled", Message: "Bulk API 1.0 is not enabled for this organization. Use Bulk API 2.0."}
	if strings.Contains(r.Header.Get("Content-Type")+r.Header.Get("Accept"), "json") {
		inJSON(w, http.StatusBadRequest, refused)
		return
	}
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = io.WriteString(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(refused) // who went away needs no answer
}

// soaps are the forms of SOAP that the org does not have, with the namespace of their faults.
var soaps = []struct{ prefix, space, message string }{
	{"/services/Soap/s/", "http://soap.sforce.com/2006/08/apex", "The Apex API is not enabled for this organization"},
	{"/services/Soap/T/", "urn:tooling.soap.sforce.com", "The Tooling API is not enabled for SOAP in this organization"},
	{"/services/Soap/class/", "http://soap.sforce.com/schemas/class", "This organization has no Apex web services"},
	{"/services/Soap/package/", "http://soap.sforce.com/schemas/package", "This organization has no Apex web services"},
}

const faultForm = `<?xml version="1.0" encoding="UTF-8"?>` +
	`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="SPACE"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>` +
	`<faultcode>sf:CODE</faultcode><faultstring>CODE: MESSAGE</faultstring>` +
	`<detail><sf:UnexpectedErrorFault xsi:type="sf:UnexpectedErrorFault"><sf:exceptionCode>CODE</sf:exceptionCode>` +
	`<sf:exceptionMessage>MESSAGE</sf:exceptionMessage></sf:UnexpectedErrorFault></detail>` +
	`</soapenv:Fault></soapenv:Body></soapenv:Envelope>`

// fault is the refusal of the SOAP APIs. Source: SOAP API developer guide, ExceptionCode.
func fault(w http.ResponseWriter, r *http.Request, status int) {
	code, message := "UNKNOWN_EXCEPTION", "Destination URL not reset. The URL returned from login must be set"
	space := "urn:fault.partner.soap.sforce.com"
	if strings.HasPrefix(r.URL.Path, "/services/Soap/m/") {
		space = "http://soap.sforce.com/2006/04/metadata"
	}
	if status == http.StatusMethodNotAllowed {
		code, message = "INVALID_OPERATION", "must use HTTP POST"
	}
	for _, s := range soaps {
		if strings.HasPrefix(r.URL.Path, s.prefix) {
			code, message, space = "FUNCTIONALITY_NOT_ENABLED", s.message, s.space
		}
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = io.WriteString(w, strings.NewReplacer("SPACE", space, "CODE", code, "MESSAGE", message).Replace(faultForm))
}

const maxBayeux = 64 << 10

// bayeux is the Streaming API, which the org does not have. It answers 200, as the protocol's clients repeat for ever
// what is answered otherwise; the advice ends that. Source: Bayeux protocol 1.0, §4.1, §5.1.
func bayeux(w http.ResponseWriter, r *http.Request, _ int) {
	type message struct {
		ID         string            `json:"id,omitempty"`
		Channel    string            `json:"channel"`
		Successful bool              `json:"successful"`
		Error      string            `json:"error,omitempty"`
		Advice     map[string]string `json:"advice,omitempty"`
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBayeux))
	var asked []message
	if err != nil || json.Unmarshal(body, &asked) != nil || len(asked) == 0 {
		asked = []message{{Channel: "/meta/handshake"}}
	}
	out := make([]message, 0, len(asked))
	for _, m := range asked {
		out = append(out, message{
			ID: m.ID, Channel: m.Channel, Error: "403::The Streaming API is not enabled for this organization",
			Advice: map[string]string{"reconnect": "none"},
		})
	}
	inJSON(w, http.StatusOK, out)
}

func inJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who went away needs no answer
}
