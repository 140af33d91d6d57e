package salesforce

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
)

// soapLoginVersion is the last version whose login the platform keeps. Source: SOAP API developer guide, login().
const soapLoginVersion = "64.0"

// LoginSOAP signs in with a user's own name and password; for set-up only, and only where the org still allows it.
func LoginSOAP(ctx context.Context, loginURL, username string, password secret.String) (Session, error) {
	var body bytes.Buffer
	body.WriteString(`<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:urn="urn:partner.soap.sforce.com"><soapenv:Body><urn:login><urn:username>`)
	if err := xml.EscapeText(&body, []byte(username)); err != nil {
		return Session{}, err
	}
	body.WriteString(`</urn:username><urn:password>`)
	if err := xml.EscapeText(&body, []byte(password.Expose())); err != nil {
		return Session{}, err
	}
	body.WriteString(`</urn:password></urn:login></soapenv:Body></soapenv:Envelope>`)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, loginURL+"/services/Soap/u/"+soapLoginVersion, &body)
	if err != nil {
		return Session{}, err
	}
	req.Header.Set("Content-Type", "text/xml; charset=UTF-8")
	req.Header.Set("SOAPAction", "login")
	resp, err := (&http.Client{Timeout: 30 * time.Second}).Do(req)
	if err != nil {
		return Session{}, unreachable("SOAP", "login", err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return Session{}, unreachable("SOAP", "login", err)
	}
	var envelope struct {
		Fault  string `xml:"Body>Fault>faultstring"`
		Result struct {
			ServerURL string `xml:"serverUrl"`
			SessionID string `xml:"sessionId"`
			UserID    string `xml:"userId"`
			OrgID     string `xml:"userInfo>organizationId"`
		} `xml:"Body>loginResponse>result"`
	}
	if err := xml.Unmarshal(answer, &envelope); err != nil {
		return Session{}, fmt.Errorf("log in as %s: status %d: %w", username, resp.StatusCode, err)
	}
	if envelope.Fault != "" || envelope.Result.SessionID == "" {
		return Session{}, &Error{Status: resp.StatusCode, Code: "INVALID_LOGIN", Message: envelope.Fault, Request: "SOAP login"}
	}
	server, err := url.Parse(envelope.Result.ServerURL)
	if err != nil {
		return Session{}, fmt.Errorf("log in as %s: %w", username, err)
	}
	return Session{
		InstanceURL: server.Scheme + "://" + server.Host, AccessToken: secret.String(envelope.Result.SessionID),
		UserID: envelope.Result.UserID, OrgID: envelope.Result.OrgID,
	}, nil
}
