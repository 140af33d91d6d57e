// Package plain makes text of others' making, and errors of libraries, fit for a person at a terminal.
//
// Read first: Text, Cause. It knows neither calls nor platforms.
package plain

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"
)

// Text is text without what a terminal would obey: control characters, and those that turn the direction of writing.
func Text(text string) string {
	return strings.Map(func(r rune) rune {
		if obeyed(r) {
			return '·'
		}
		return r
	}, text)
}

// JSON is a document in which what a terminal would obey is escaped; for programs it is the same.
func JSON(document []byte) []byte {
	if bytes.IndexFunc(document, inString) < 0 {
		return document
	}
	var out bytes.Buffer
	for len(document) > 0 {
		r, n := utf8.DecodeRune(document)
		if inString(r) {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.Write(document[:n])
		}
		document = document[n:]
	}
	return out.Bytes()
}

// inString is true for what can stand in a JSON document only within a string.
func inString(r rune) bool { return r > unicode.MaxASCII && obeyed(r) || r == 0x7f }

func obeyed(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// Line is an error as one line for a terminal, in words as far as there are some: what was joined stands behind each other.
func Line(err error) string {
	var all strings.Builder
	for line := range strings.Lines(inWords(err)) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		switch said := all.String(); {
		case strings.HasSuffix(said, ":"): // a heading
			all.WriteString(" ")
		case said != "":
			all.WriteString("; ")
		}
		all.WriteString(Text(line))
	}
	return all.String()
}

// inWords is an error's text with what a library says in it replaced by its cause; of several hosts, each one's.
func inWords(err error) string {
	text := err.Error()
	for _, library := range libraries(err) {
		said := library.Error()
		if !strings.Contains(text, said) {
			continue
		}
		text = strings.Replace(text, said, Cause(library), 1)
		if !reaches(library) {
			break
		}
	}
	return text
}

// asked is an AWS operation that failed.
type asked interface {
	error
	Service() string
	Operation() string
}

// libraries are the errors of libraries in an error, those that hold others first.
func libraries(err error) (all []error) {
	if e, ok := errors.AsType[asked](err); ok {
		all = append(all, e)
	}
	if e, ok := errors.AsType[coded](err); ok {
		all = append(all, e)
	}
	all = append(all, tries(err)...)
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		all = append(all, e)
	}
	return all
}

// tries are the failures to reach somebody in an error, those that hold others without them.
func tries(err error) (all []error) {
	if reaches(err) {
		return []error{err}
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return tries(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			all = append(all, tries(inner)...)
		}
	}
	return all
}

// reaches says whether an error is of a library's try to reach somebody.
func reaches(err error) bool {
	switch err.(type) {
	case *url.Error, *net.OpError:
		return true
	}
	return false
}

// coded is an error of a platform: its own code and sentence, without how it was asked.
type coded interface {
	error
	ErrorCode() string
	ErrorMessage() string
}

// maxSaid is how much is shown of what a platform says, in bytes.
const maxSaid = 160

// Cause says what is behind an error in words for people: what a platform said, or why it could not be reached. What it does not know
// keeps its own text.
func Cause(err error) string {
	if err == nil {
		return ""
	}
	if said, ok := errors.AsType[coded](err); ok {
		text := said.ErrorCode()
		if m := strings.TrimSpace(said.ErrorMessage()); m != "" {
			text += ": " + m
		}
		return short(text)
	}
	if words := unreached(err); words != "" {
		return words
	}
	if words := file(err); words != "" {
		return words
	}
	if inner, ok := errors.AsType[*url.Error](err); ok {
		return short(inner.Err.Error())
	}
	if _, ok := errors.AsType[asked](err); ok {
		for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
			err = inner
		}
	}
	return short(err.Error())
}

// unreached is why nobody answered; "" if it was something else.
func unreached(err error) string {
	name, isName := errors.AsType[*net.DNSError](err)
	timeout, isNet := errors.AsType[net.Error](err)
	unknown, isUnknown := errors.AsType[x509.UnknownAuthorityError](err)
	wrongHost, isHost := errors.AsType[x509.HostnameError](err)
	invalid, isInvalid := errors.AsType[x509.CertificateInvalidError](err)
	switch {
	case isName && name.IsNotFound:
		return "there is no host " + name.Name
	case isName:
		return "the name " + name.Name + " could not be looked up"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens there"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection was cut off"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no way to that address"
	case errors.Is(err, syscall.EADDRINUSE):
		return "another program has that address"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "this machine has no such address"
	case isUnknown && unknown.Cert != nil:
		return "its certificate is of an authority that this machine does not trust"
	case isHost && wrongHost.Certificate != nil:
		return "its certificate is for another name than " + wrongHost.Host
	case isInvalid && invalid.Reason == x509.Expired:
		return "its certificate has expired, or is not valid yet"
	case errors.Is(err, os.ErrDeadlineExceeded), isNet && timeout.Timeout():
		return "no answer came in time"
	}
	return ""
}

// file is what is wrong with a file; "" if it is something else.
func file(err error) string {
	failed, ok := errors.AsType[*fs.PathError](err)
	switch {
	case !ok:
		return ""
	case errors.Is(failed.Err, fs.ErrNotExist):
		return failed.Path + " is not there"
	case errors.Is(failed.Err, fs.ErrPermission):
		return failed.Path + " may not be read or written by this user"
	}
	return failed.Path + ": " + failed.Err.Error()
}

func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= maxSaid {
		return text
	}
	return strings.ToValidUTF8(text[:maxSaid], "") + "…"
}
