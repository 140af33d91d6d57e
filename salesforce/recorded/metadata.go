package recorded

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
)

var (
	asked = regexp.MustCompile(`<members>([^<]+)</members>`)
	begun = regexp.MustCompile(`<asyncProcessId>([^<]+)</asyncProcessId>`)
)

const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>%s</e:Body></e:Envelope>`

// retrieve gives the files whose names are those of the members; the id of a retrieval is what was asked.
func (o *Org) retrieve(r *http.Request, body string) (*http.Response, error) {
	if of := begun.FindStringSubmatch(body); of != nil {
		members, err := base64.RawURLEncoding.DecodeString(of[1])
		if err != nil {
			return nil, err
		}
		archive, err := o.archive(strings.Split(string(members), "\n"))
		if err != nil {
			return nil, err
		}
		return text(r, http.StatusOK, fmt.Sprintf(envelope, `<checkRetrieveStatusResponse><result><done>true</done>`+
			`<success>true</success><zipFile>`+archive+`</zipFile></result></checkRetrieveStatusResponse>`)), nil
	}
	var members []string
	for _, m := range asked.FindAllStringSubmatch(body, -1) {
		members = append(members, m[1])
	}
	if len(members) == 0 {
		return nil, unrecorded("a call of the Metadata API that is no retrieval")
	}
	id := base64.RawURLEncoding.EncodeToString([]byte(strings.Join(members, "\n")))
	return text(r, http.StatusOK, fmt.Sprintf(envelope, `<retrieveResponse><result><id>`+id+
		`</id></result></retrieveResponse>`)), nil
}

func (o *Org) archive(members []string) (string, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for file, content := range o.files {
		name := path.Base(file)
		if !slices.Contains(members, strings.TrimSuffix(name, path.Ext(name))) {
			continue
		}
		w, err := z.Create(file)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			return "", err
		}
	}
	err := z.Close()
	return base64.StdEncoding.EncodeToString(out.Bytes()), err
}
