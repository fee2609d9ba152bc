# The program alone, for a folder of letters that is mounted at /letters:
#   docker build -t bedside .
#   docker run --rm --network none -v "$PWD:/letters" bedside check
# Only the build needs a network.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /bedside ./cmd/bedside

FROM scratch
COPY --from=build /bedside /bedside
USER 65532:65532
WORKDIR /letters
ENTRYPOINT ["/bedside"]
