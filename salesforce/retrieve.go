package salesforce

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// Member names one component for Retrieve.
type Member struct{ Type, Name string }

// Retrieved is what the org gave: file name below the archive's folder to content. What it does not have is missing, not an error.
type Retrieved map[string][]byte

// ErrNoRetrieve means that this server has no Metadata API to read from.
var ErrNoRetrieve = errors.New("the org's Metadata API does not answer")

const (
	metadataNamespace = "http://soap.sforce.com/2006/04/metadata"
	maxFile           = 8 << 20 // bytes of one unpacked file
)

// retrieveEnvelope is what the calls of a retrieval and of a listing answer with. Source: Metadata API developer guide,
// retrieve(), checkRetrieveStatus() and listMetadata().
type retrieveEnvelope struct {
	XMLName   xml.Name `xml:"Envelope"` // whatever else is XML is none of the org's
	FaultCode string   `xml:"Body>Fault>faultcode"`
	Fault     string   `xml:"Body>Fault>faultstring"`
	Started   struct {
		ID string `xml:"id"`
	} `xml:"Body>retrieveResponse>result"`
	Now struct {
		Done    bool   `xml:"done"`
		Success bool   `xml:"success"`
		Status  string `xml:"status"`
		Message string `xml:"errorMessage"`
		Zip     string `xml:"zipFile"`
	} `xml:"Body>checkRetrieveStatusResponse>result"`
	Listed []struct {
		Type string `xml:"type"`
		Name string `xml:"fullName"`
	} `xml:"Body>listMetadataResponse>result"`
}

// Retrieve reads components as files, the way a deployment would write them.
func (c *Client) Retrieve(ctx context.Context, members ...Member) (Retrieved, error) {
	var asked strings.Builder
	asked.WriteString("<retrieve><retrieveRequest><apiVersion>" + APIVersion + "</apiVersion><singlePackage>true</singlePackage><unpackaged>")
	for _, m := range members {
		asked.WriteString("<types><members>" + escapeXML(m.Name) + "</members><name>" + escapeXML(m.Type) + "</name></types>")
	}
	asked.WriteString("<version>" + APIVersion + "</version></unpackaged></retrieveRequest></retrieve>")
	started, err := c.metadata(ctx, "retrieve", asked.String())
	if err != nil {
		return nil, fmt.Errorf("retrieve: %w", err)
	}
	check := "<checkRetrieveStatus><asyncProcessId>" + escapeXML(started.Started.ID) +
		"</asyncProcessId><includeZip>true</includeZip></checkRetrieveStatus>"
	if started.Started.ID == "" {
		return nil, errors.New("retrieve: the org has not said what it began")
	}
	for wait, waited := firstPoll, time.Duration(0); waited < retrieveWithin; wait, waited = min(2*wait, maxPoll), waited+wait {
		answer, err := c.metadata(ctx, "checkRetrieveStatus", check)
		if err != nil {
			return nil, fmt.Errorf("retrieve: %w", err)
		}
		switch now := answer.Now; {
		case now.Done && now.Zip != "":
			return unzip(now.Zip)
		case now.Done && !now.Success:
			return nil, fmt.Errorf("retrieve: %s: %s", now.Status, now.Message)
		case now.Done:
			return Retrieved{}, nil
		}
		if err := clock.Pause(ctx, c.clock, wait); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("retrieve: the org has not ended it within %s: try again later", retrieveWithin)
}

// retrieveWithin is how long a retrieval may take; ours are of some files.
const retrieveWithin = 10 * time.Minute

const maxListed = 3 // types of one listMetadata call

// ListMetadata names the components of types that the org has. Source: Metadata API developer guide, listMetadata().
func (c *Client) ListMetadata(ctx context.Context, types ...string) ([]Member, error) {
	var all []Member
	for some := range slices.Chunk(types, maxListed) {
		var asked strings.Builder
		asked.WriteString("<listMetadata>")
		for _, t := range some {
			asked.WriteString("<queries><type>" + escapeXML(t) + "</type></queries>")
		}
		asked.WriteString("<asOfVersion>" + APIVersion + "</asOfVersion></listMetadata>")
		answer, err := c.metadata(ctx, "listMetadata", asked.String())
		if err != nil {
			return nil, fmt.Errorf("list metadata: %w", err)
		}
		for _, m := range answer.Listed {
			all = append(all, Member{Type: m.Type, Name: m.Name})
		}
	}
	return all, nil
}

func escapeXML(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails
	return b.String()
}

// metadata is one SOAP call; a session that is over is renewed once.
func (c *Client) metadata(ctx context.Context, action, body string) (retrieveEnvelope, error) {
	session := c.Session()
	for renewed := false; ; renewed = true {
		answer, status, err := c.soap(ctx, session, action, body)
		switch {
		case err != nil:
			return retrieveEnvelope{}, err
		case strings.HasSuffix(answer.FaultCode, "INVALID_SESSION_ID") && !renewed:
			if session, err = c.renewed(ctx, session); err != nil {
				return retrieveEnvelope{}, err
			}
		case answer.Fault != "":
			_, code, _ := strings.Cut(answer.FaultCode, ":")
			return retrieveEnvelope{}, &Error{Status: status, Code: code, Message: answer.Fault, Request: "SOAP " + action}
		case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
			return retrieveEnvelope{}, ErrNoRetrieve
		case status != http.StatusOK:
			return retrieveEnvelope{}, &Error{Status: status, Code: "SOAP", Message: http.StatusText(status), Request: "SOAP " + action}
		default:
			return answer, nil
		}
	}
}

func (c *Client) soap(ctx context.Context, session Session, action, body string) (answer retrieveEnvelope, status int, err error) {
	envelope := `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope ` +
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="` + metadataNamespace + `">` +
		`<soapenv:Header><SessionHeader><sessionId>` + escapeXML(session.AccessToken.Expose()) + `</sessionId></SessionHeader></soapenv:Header>` +
		`<soapenv:Body>` + body + `</soapenv:Body></soapenv:Envelope>`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, session.InstanceURL+"/services/Soap/m/"+APIVersion,
		strings.NewReader(envelope))
	if err != nil {
		return answer, 0, err
	}
	req.Header.Set("Content-Type", "text/xml; charset=UTF-8")
	req.Header.Set("SOAPAction", action)
	resp, err := c.http.Do(req)
	if err != nil {
		return answer, 0, unreachable("SOAP", action, err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 4*maxBody))
	if err != nil {
		return answer, resp.StatusCode, unreachable("SOAP", action, err)
	}
	if err := xml.Unmarshal(raw, &answer); err != nil && resp.StatusCode == http.StatusOK {
		return answer, resp.StatusCode, unreachable("SOAP", action, err)
	}
	return answer, resp.StatusCode, nil
}

// unzip opens the archive of a retrieval; the folder that a package stands in is dropped.
func unzip(text string) (Retrieved, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, fmt.Errorf("retrieve: %w", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("retrieve: %w", err)
	}
	files := Retrieved{}
	for _, f := range archive.File {
		if f.FileInfo().IsDir() {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("retrieve %s: %w", f.Name, err)
		}
		body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
		_ = r.Close()
		if err != nil || len(body) > maxFile {
			return nil, fmt.Errorf("retrieve %s: unreadable or larger than %d bytes", f.Name, maxFile)
		}
		files[strings.TrimPrefix(f.Name, "unpackaged/")] = body
	}
	return files, nil
}

// ToolingRecord creates a record of the Tooling API.
func (c *Client) ToolingRecord(ctx context.Context, object string, values Values) (string, error) {
	var created struct {
		ID string `json:"id"`
	}
	err := c.call(ctx, http.MethodPost, "/tooling/sobjects/"+object, values, &created)
	return created.ID, err
}

// InstallPackage installs a package version (04t…) for all users and waits for its end; ErrOutcomeUnknown as of Deploy.
// Source: Tooling API, PackageInstallRequest.
func (c *Client) InstallPackage(ctx context.Context, version string) error {
	id, err := c.ToolingRecord(ctx, "PackageInstallRequest", Values{
		"SubscriberPackageVersionKey": version, "SecurityType": "none", "NameConflictResolution": "Block",
		"EnableRss": false, "PackageInstallSource": "U",
	})
	if err != nil {
		return fmt.Errorf("install package %s: %w", version, err)
	}
	for wait := time.Second; ; wait = min(2*wait, 10*time.Second) {
		var now struct {
			Status string `json:"Status"`
			Errors struct {
				Errors []struct {
					Message string `json:"message"`
				} `json:"errors"`
			} `json:"Errors"`
		}
		if err := c.call(ctx, http.MethodGet, "/tooling/sobjects/PackageInstallRequest/"+id, nil, &now); err != nil {
			return unsaid("install package "+version, err)
		}
		switch now.Status {
		case "SUCCESS":
			return nil
		case "ERROR":
			text := "the org gave no reason"
			if len(now.Errors.Errors) > 0 {
				text = now.Errors.Errors[0].Message
			}
			return fmt.Errorf("install package %s: %s", version, text)
		}
		if err := clock.Pause(ctx, c.clock, wait); err != nil {
			return unsaid("install package "+version, err)
		}
	}
}
