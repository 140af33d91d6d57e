package salesforce

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
)

// SoftphoneLayout is the part of the signed-in user's layout that decides whether calls pop.
type SoftphoneLayout struct {
	ID, Name string
	Objects  []string // that an inbound call is looked up in
	Several  string   // what pops when several records match, as the platform names it
}

// ErrNoLayout means that the org does not tell: it lacks the call, or has no layout.
var ErrNoLayout = errors.New("no softphone layout to read")

// SoftphoneLayout reads the layout. The call exists in the partner SOAP API only, and for reading only.
// Source: SOAP API developer guide, describeSoftphoneLayout().
func (c *Client) SoftphoneLayout(ctx context.Context) (SoftphoneLayout, error) {
	session := c.Session()
	envelope := `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope ` +
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">` +
		`<soapenv:Header><SessionHeader><sessionId>` + escapeXML(session.AccessToken.Expose()) + `</sessionId></SessionHeader></soapenv:Header>` +
		`<soapenv:Body><describeSoftphoneLayout/></soapenv:Body></soapenv:Envelope>`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, session.InstanceURL+"/services/Soap/u/"+APIVersion,
		strings.NewReader(envelope))
	if err != nil {
		return SoftphoneLayout{}, err
	}
	req.Header.Set("Content-Type", "text/xml; charset=UTF-8")
	req.Header.Set("SOAPAction", "describeSoftphoneLayout")
	resp, err := c.http.Do(req)
	if err != nil {
		return SoftphoneLayout{}, unreachable("SOAP", "describeSoftphoneLayout", err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return SoftphoneLayout{}, unreachable("SOAP", "describeSoftphoneLayout", err)
	}
	var answer struct {
		Result struct {
			ID    string `xml:"id"`
			Name  string `xml:"name"`
			Types []struct {
				Name string `xml:"name"`
				Pops []struct {
					Match string `xml:"matchType"`
					Pop   string `xml:"screenPopType"`
				} `xml:"screenPopOptions"`
				Sections []struct {
					Object string `xml:"entityApiName"`
				} `xml:"sections"`
			} `xml:"callTypes"`
		} `xml:"Body>describeSoftphoneLayoutResponse>result"`
	}
	if resp.StatusCode != http.StatusOK || xml.Unmarshal(raw, &answer) != nil {
		return SoftphoneLayout{}, ErrNoLayout
	}
	layout := SoftphoneLayout{ID: answer.Result.ID, Name: answer.Result.Name}
	for _, t := range answer.Result.Types {
		if !strings.EqualFold(t.Name, "Inbound") {
			continue
		}
		for _, s := range t.Sections {
			layout.Objects = append(layout.Objects, s.Object)
		}
		for _, o := range t.Pops {
			if strings.HasPrefix(strings.ToLower(o.Match), "multi") {
				layout.Several = o.Pop
			}
		}
	}
	return layout, nil
}
