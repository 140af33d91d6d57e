package socket

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
)

// bufferSize of a socket, each way, in bytes: messages are short, and most sockets are idle.
const bufferSize = 512

// frugal hands over a connection with small buffers instead of the server's, which an idle socket would keep for hours.
type frugal struct{ http.ResponseWriter }

// Unwrap is for http.ResponseController.
func (f *frugal) Unwrap() http.ResponseWriter { return f.ResponseWriter }

// Hijack is http.Hijacker's.
func (f *frugal) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(f.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	sent, err := rw.Reader.Peek(rw.Reader.Buffered()) // by a client that did not wait for the answer
	if err == nil {
		err = rw.Writer.Flush()
	}
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	reader := bufio.NewReaderSize(conn, max(bufferSize, len(sent)))
	if len(sent) > 0 {
		reader.Reset(io.MultiReader(bytes.NewReader(sent), conn))
		if _, err := reader.Peek(len(sent)); err != nil {
			return nil, nil, errors.Join(err, conn.Close())
		}
	}
	return conn, bufio.NewReadWriter(reader, bufio.NewWriterSize(conn, bufferSize)), nil
}
