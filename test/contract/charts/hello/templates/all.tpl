apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  greeting: {{ required "a greeting is required" .Values.greeting | quote }}
  nested: {{ dig "a" "b" "" (.Values.nested | default dict) | quote }}
{{- if .Values.image }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Release.Name }} } }
    spec:
      containers: [{ name: main, image: {{ .Values.image | quote }} }]
{{- end }}
