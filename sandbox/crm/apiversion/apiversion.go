// Package apiversion is which versions the CRM's APIs have.
//
// Read first: Newest, Oldest, All, Guard. It knows the paths of the APIs, nothing of what they do.
package apiversion

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
)

// The versions that an org has: three releases a year. Newest is Summer '26. Source: Salesforce Help, Platform API
// Versions 21.0 through 30.0
// Retirement.
const (
	Oldest = 31
	Newest = 67
)

// Version is one as /services/data lists it.
type Version struct {
	Label   string `json:"label"`
	URL     string `json:"url"`
	Version string `json:"version"`
}

var seasons = []string{"Winter", "Spring", "Summer"}

// All lists the versions, oldest first.
func All() []Version {
	var all []Version
	for v := Oldest; v <= Newest; v++ {
		label := fmt.Sprintf("%s '%02d", seasons[(v+1)%len(seasons)], (v+13)/len(seasons))
		all = append(all, Version{label, fmt.Sprintf("/services/data/v%d.0", v), fmt.Sprintf("%d.0", v)})
	}
	return all
}

var apis = []struct {
	path   *regexp.Regexp // with the version's number
	status int
	kind   string
	body   string
}{
	{
		regexp.MustCompile(`^/services/data/v(\d{1,2})\.0/jobs(?:/|$)`), http.StatusBadRequest, "application/json;charset=UTF-8",
		`[{"errorCode":"InvalidVersion","message":"Unsupported API version"}]` + "\n",
	},
	{
		regexp.MustCompile(`^/services/data/v(\d{1,2})\.0(?:/|$)`), http.StatusGone, "application/json;charset=UTF-8",
		`[{"errorCode":"GONE","message":"The requested resource is no longer available"}]` + "\n",
	},
	{
		regexp.MustCompile(`^/services/Soap/[ucm]/(\d{1,2})\.0(?:/|$)`), http.StatusInternalServerError, "text/xml; charset=UTF-8",
		`<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ` +
			`xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
			`<soapenv:Body><soapenv:Fault><faultcode>sf:UNSUPPORTED_API_VERSION</faultcode>` +
			`<faultstring>UNSUPPORTED_API_VERSION: Invalid Api version specified on URL</faultstring>` +
			`<detail><sf:UnexpectedErrorFault xsi:type="sf:UnexpectedErrorFault">` +
			`<sf:exceptionCode>UNSUPPORTED_API_VERSION</sf:exceptionCode><sf:exceptionMessage>Invalid Api version specified ` +
			`on URL</sf:exceptionMessage></sf:UnexpectedErrorFault></detail>` +
			`</soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
	},
}

// Guard answers what asks for a retired version, and leaves all else to next. The platform documents the codes; the
// sentences are best knowledge.
func Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, api := range apis {
			found := api.path.FindStringSubmatch(r.URL.Path)
			if found == nil {
				continue
			}
			if v, err := strconv.Atoi(found[1]); err != nil || v >= Oldest {
				break
			}
			w.Header().Set("Content-Type", api.kind)
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.WriteHeader(api.status)
			_, _ = io.WriteString(w, api.body)
			return
		}
		next.ServeHTTP(w, r)
	})
}
