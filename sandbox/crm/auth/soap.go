package auth

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

type envelope struct {
	Session string `xml:"Header>SessionHeader>sessionId"`
	Body    struct {
		Login *struct {
			Username string `xml:"username"`
			Password string `xml:"password"`
		} `xml:"login"`
		Logout      *struct{} `xml:"logout"`
		GetUserInfo *struct{} `xml:"getUserInfo"`
		Timestamp   *struct{} `xml:"getServerTimestamp"`
	} `xml:"Body"`
}

// soap is the partner and the enterprise API as far as logging in and out goes. Clients read the answers with regular expressions, so
// element names carry no prefix and no attributes. Source: SOAP API developer guide.
func (a *Auth) soap(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	var in envelope
	if err == nil {
		err = xml.NewDecoder(bytes.NewReader(body)).Decode(&in)
	}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if err != nil || len(parts) < 4 {
		fault(w, "soapenv:Client", "Premature end of file or malformed request", "")
		return
	}
	kind, version := parts[2], parts[3]
	switch {
	case in.Body.Login != nil:
		a.soapLogin(w, r, kind, version, in.Body.Login.Username, secret.String(in.Body.Login.Password))
	case in.Body.Logout != nil:
		if _, err := a.cfg.Org.People.Revoke(r.Context(), in.Session); err != nil {
			fault(w, "UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: try again", "UNKNOWN_EXCEPTION")
			return
		}
		reply(w, kind, "<logoutResponse/>")
	case in.Body.Timestamp != nil:
		reply(w, kind, "<getServerTimestampResponse><result><timestamp>"+
			a.cfg.Clock.Now().UTC().Format("2006-01-02T15:04:05.000Z")+"</timestamp></result></getServerTimestampResponse>")
	case in.Body.GetUserInfo != nil:
		id, err := a.session(r.Context(), in.Session)
		if err != nil {
			fault(w, "INVALID_SESSION_ID", "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session", "INVALID_SESSION_ID")
			return
		}
		user, err := a.cfg.Org.People.User(r.Context(), id)
		if err != nil {
			fault(w, "UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: try again", "UNKNOWN_EXCEPTION")
			return
		}
		reply(w, kind, "<getUserInfoResponse><result>"+a.soapUser(user)+"</result></getUserInfoResponse>")
	default:
		fault(w, "soapenv:Client", "No operation available for request", "")
	}
}

const invalidLogin = "INVALID_LOGIN: Invalid username, password, security token; or user locked out."

func (a *Auth) soapLogin(w http.ResponseWriter, r *http.Request, kind, version, username string, password secret.String) {
	user, err := a.cfg.Org.People.CheckPassword(r.Context(), username, password)
	token := ""
	if err == nil {
		token, err = a.cfg.Org.People.CreateSession(r.Context(), people.Session{User: user.ID, Kind: "api"}, apiLife)
	}
	if errors.Is(err, people.ErrBadCredentials) || errors.Is(err, people.ErrLocked) || errors.Is(err, people.ErrInactive) {
		fault(w, "INVALID_LOGIN", invalidLogin, "INVALID_LOGIN")
		return
	}
	if err != nil {
		a.cfg.Log.ErrorContext(r.Context(), "log-in failed", "err", err)
		fault(w, "SERVER_UNAVAILABLE", "SERVER_UNAVAILABLE: try again", "SERVER_UNAVAILABLE")
		return
	}
	org15 := string(a.cfg.Org.ID())[:15]
	reply(w, kind, fmt.Sprintf("<loginResponse><result><metadataServerUrl>%s/services/Soap/m/%s/%s</metadataServerUrl>"+
		"<passwordExpired>false</passwordExpired><sandbox>false</sandbox>"+
		"<serverUrl>%s/services/Soap/%s/%s/%s</serverUrl><sessionId>%s</sessionId><userId>%s</userId>"+
		"<userInfo>%s</userInfo></result></loginResponse>",
		a.cfg.Origin, escape(version), org15, a.cfg.Origin, kind, escape(version), org15, escape(token), user.ID, a.soapUser(user)))
}

func (a *Auth) soapUser(user people.User) string {
	return fmt.Sprintf("<organizationId>%s</organizationId><organizationName>Patchcord "+
		"Sandbox</organizationName><profileId>%s</profileId><sessionSecondsValid>7200</sessionSecondsValid>"+
		"<userEmail>%s</userEmail><userFullName>%s</userFullName><userId>%s</userId><userLanguage>en_US</userLanguage>"+
		"<userLocale>en_US</userLocale><userName>%s</userName>"+
		"<userTimeZone>%s</userTimeZone><userType>Standard</userType><userUiSkin>Theme3</userUiSkin>",
		a.cfg.Org.ID(), user.ProfileID, escape(user.Email), escape(user.Name), user.ID, escape(user.Username), escape(user.TimeZone))
}

func reply(w http.ResponseWriter, kind, body string) {
	name := map[string]string{"c": "enterprise"}[kind]
	if name == "" {
		name = "partner"
	}
	w.Header().Set("Content-Type", "text/xml; charset=UTF-8")
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope `+
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:`+name+
		`.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>`+body+`</soapenv:Body></soapenv:Envelope>`)
}

func fault(w http.ResponseWriter, code, text, detail string) {
	w.Header().Set("Content-Type", "text/xml; charset=UTF-8")
	w.WriteHeader(http.StatusInternalServerError)
	inner := ""
	if detail != "" {
		inner = `<detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>` + detail +
			`</sf:exceptionCode><sf:exceptionMessage>` + escape(strings.TrimPrefix(text, detail+": ")) +
			`</sf:exceptionMessage></sf:LoginFault></detail>`
	}
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope `+
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com" `+
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault><faultcode>`+
		escape(code)+`</faultcode><faultstring>`+escape(text)+`</faultstring>`+inner+`</soapenv:Fault></soapenv:Body></soapenv:Envelope>`)
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails
	return b.String()
}
