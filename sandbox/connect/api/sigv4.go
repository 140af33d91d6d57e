package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm = "AWS4-HMAC-SHA256"
	dateForm  = "20060102T150405Z"
	skew      = 5 * time.Minute
)

var credential = regexp.MustCompile(`^([A-Za-z0-9]{4,128})/(\d{8})/([a-z0-9-]{1,40})/([a-z0-9-]{1,40})/aws4_request$`)

// signature is what an Authorization header says.
type signature struct {
	key, day, region, service string
	headers                   []string
	value                     string
}

// readSignature reads an Authorization header; false if it is none of this kind. Source: Signature Version 4, authorization header.
func readSignature(header string) (signature, bool) {
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok || len(header) > 4096 {
		return signature{}, false
	}
	var s signature
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			m := credential.FindStringSubmatch(value)
			if m == nil {
				return signature{}, false
			}
			s.key, s.day, s.region, s.service = m[1], m[2], m[3], m[4]
		case "SignedHeaders":
			s.headers = strings.Split(value, ";")
		case "Signature":
			s.value = value
		}
	}
	return s, s.key != "" && s.value != "" && slices.Contains(s.headers, "host")
}

// refusal is the service's own sentence.
type refusal string

// Error is the sentence.
func (r refusal) Error() string { return string(r) }

const errMismatch = refusal("The request signature we calculated does not match the signature you provided. Check " +
	"your AWS Secret Access Key and signing method.")

// verify says what is wrong with a request's signature: it must be made with the secret, at most five minutes ago, over the host and
// all x-amz headers. Body is what came; its hash is signed too.
func (s signature) verify(r *http.Request, body []byte, secret string, now time.Time) error {
	date := r.Header.Get("X-Amz-Date")
	at, err := time.Parse(dateForm, date)
	if err != nil || !strings.HasPrefix(date, s.day) {
		return refusal("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP")
	}
	if now.Sub(at).Abs() > skew {
		return refusal("Signature expired or not yet current: " + date + " is not within 5 min. of " + now.UTC().Format(dateForm))
	}
	for name := range r.Header {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-amz-") && !slices.Contains(s.headers, name) {
			return refusal("'" + name + "' must be a 'SignedHeader' in the AWS Authorization header.")
		}
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	if given := r.Header.Get("X-Amz-Content-Sha256"); given != "" && given != hash {
		return errMismatch
	}
	var headers strings.Builder
	for _, name := range s.headers {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = r.Header.Get("Content-Length")
			if value == "" {
				value = strconv.FormatInt(max(r.ContentLength, 0), 10)
			}
		}
		headers.WriteString(name + ":" + strings.Join(strings.Fields(value), " ") + "\n")
	}
	canonical := strings.Join([]string{r.Method, canonicalPath(r.URL), canonicalQuery(r.URL), headers.String(),
		strings.Join(s.headers, ";"), hash}, "\n")
	sum = sha256.Sum256([]byte(canonical))
	scope := s.day + "/" + s.region + "/" + s.service + "/aws4_request"
	key := []byte("AWS4" + secret)
	for _, part := range []string{s.day, s.region, s.service, "aws4_request"} {
		key = mac(key, part)
	}
	want := mac(key, algorithm+"\n"+date+"\n"+scope+"\n"+hex.EncodeToString(sum[:]))
	given, err := hex.DecodeString(s.value)
	if err != nil || !hmac.Equal(want, given) {
		return errMismatch
	}
	return nil
}

func mac(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}

// canonicalPath escapes each part of the path twice over, as every service but one has it.
func canonicalPath(u *url.URL) string {
	parts := strings.Split(u.EscapedPath(), "/")
	for i, part := range parts {
		parts[i] = escape(part)
	}
	if path := strings.Join(parts, "/"); path != "" {
		return path
	}
	return "/"
}

func canonicalQuery(u *url.URL) string {
	var pairs []string
	for name, values := range u.Query() {
		for _, value := range values {
			pairs = append(pairs, escape(name)+"="+escape(value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// escape is RFC 3986's, upper-case hexadecimal.
func escape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
	}
	return b.String()
}
